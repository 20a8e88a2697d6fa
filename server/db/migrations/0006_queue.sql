-- Search by parts of words, with the tenant in the same index. Both belong to PostgreSQL and need no superuser.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS btree_gin;
--> statement-breakpoint
CREATE TABLE "deployment_texts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"text" text NOT NULL
);
--> statement-breakpoint
DROP INDEX "deployments_by_status";--> statement-breakpoint
DROP INDEX "deployments_by_project_status";--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "decidable_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "deployments" ADD COLUMN "status_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "deployments" ADD COLUMN "words_added" integer;--> statement-breakpoint
ALTER TABLE "deployments" ADD COLUMN "words_removed" integer;--> statement-breakpoint
ALTER TABLE "deployments" ADD COLUMN "findings" integer;--> statement-breakpoint
ALTER TABLE "deployments" ADD COLUMN "worst_severity" text;--> statement-breakpoint
ALTER TABLE "deployments" ADD COLUMN "worst_sentence" text;--> statement-breakpoint
ALTER TABLE "deployments" ADD COLUMN "verdict" text;--> statement-breakpoint
ALTER TABLE "deployments" ADD COLUMN "effect" double precision;--> statement-breakpoint
ALTER TABLE "deployments" ADD COLUMN "digest_version" integer;--> statement-breakpoint
ALTER TABLE "deployments" ADD COLUMN "digest_claimed_at" timestamp (3) with time zone;--> statement-breakpoint
-- Not by UPDATE, which would leave a dead version of every row behind and call the triggers: the table is written anew.
ALTER TABLE "deployments" ALTER COLUMN "status_since" TYPE timestamp (3) with time zone USING (
	CASE
		WHEN "status" IN ('shipped', 'monitoring') THEN coalesce("shipped_at", "updated_at")
		WHEN "status" = 'rolled_back' THEN coalesce("rolled_back_at", "updated_at")
		ELSE "updated_at"
	END
);--> statement-breakpoint
ALTER TABLE "deployments" ALTER COLUMN "status_since" SET NOT NULL;--> statement-breakpoint
INSERT INTO "deployment_texts" ("id", "tenant_id", "text")
SELECT "id", "tenant_id", coalesce("rationale", '') || E'\n' || "cluster_signature" FROM "deployments";--> statement-breakpoint
ALTER TABLE "deployment_texts" ADD CONSTRAINT "deployment_texts_id_deployments_id_fk" FOREIGN KEY ("id") REFERENCES "public"."deployments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "deployment_texts_search" ON "deployment_texts" USING gin ("tenant_id","text" gin_trgm_ops) WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "decisions_by_people" ON "decisions" USING btree ("tenant_id","created_at","decidable_since","subject_id") WHERE subject_kind = 'deployment' and decision in ('approve', 'reject') and actor_type = 'user' and decidable_since is not null;--> statement-breakpoint
CREATE INDEX "deployments_by_waiting" ON "deployments" USING btree ("tenant_id","status","status_since","id","project_id","verdict","created_at");--> statement-breakpoint
CREATE INDEX "deployments_by_effect" ON "deployments" USING btree ("tenant_id","status",(case when effect is null then '-Infinity'::double precision else effect end) desc,"id" DESC NULLS FIRST,"project_id","verdict","created_at");--> statement-breakpoint
CREATE INDEX "deployments_without_digest" ON "deployments" USING btree ("created_at" DESC NULLS FIRST,"id") WHERE coalesce(digest_version, 0) < 1;--> statement-breakpoint
CREATE INDEX "deployments_by_status" ON "deployments" USING btree ("tenant_id","status","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST,"verdict");--> statement-breakpoint
CREATE INDEX "deployments_by_project_status" ON "deployments" USING btree ("tenant_id","project_id","status","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST,"verdict");--> statement-breakpoint
GRANT SELECT ON "deployment_texts" TO countersign_tenant;
--> statement-breakpoint
ALTER TABLE "deployment_texts" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own_tenant ON "deployment_texts" TO countersign_tenant USING (tenant_id = (SELECT nullif(current_setting('countersign.tenant_id', true), '')::uuid));
--> statement-breakpoint
-- Since when a row is in its state, whoever writes it. A restored row brings its own.
CREATE FUNCTION countersign_keep_status_since() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	IF TG_OP = 'UPDATE' THEN
		NEW.status_since := NEW.updated_at;
	ELSIF NEW.status_since IS NULL THEN
		NEW.status_since := CASE
			WHEN NEW.status IN ('shipped', 'monitoring') THEN coalesce(NEW.shipped_at, NEW.updated_at)
			WHEN NEW.status = 'rolled_back' THEN coalesce(NEW.rolled_back_at, NEW.updated_at)
			ELSE NEW.updated_at
		END;
	END IF;
	RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER deployments_status_since_added BEFORE INSERT ON "deployments" FOR EACH ROW EXECUTE FUNCTION countersign_keep_status_since();
--> statement-breakpoint
CREATE TRIGGER deployments_status_since_changed BEFORE UPDATE OF status ON "deployments" FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION countersign_keep_status_since();
--> statement-breakpoint
-- A digest of texts or of a report that are others now would be wrong, and none is not.
CREATE FUNCTION countersign_forget_digest() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	NEW.words_added := NULL;
	NEW.words_removed := NULL;
	NEW.findings := NULL;
	NEW.worst_severity := NULL;
	NEW.worst_sentence := NULL;
	NEW.verdict := NULL;
	NEW.effect := NULL;
	NEW.digest_version := NULL;
	NEW.digest_claimed_at := NULL;
	RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER deployments_digest_outdated BEFORE UPDATE OF current_prompt, proposed_prompt, rationale, ab_report ON "deployments" FOR EACH ROW WHEN ((OLD.current_prompt, OLD.proposed_prompt, OLD.rationale, OLD.ab_report::text) IS DISTINCT FROM (NEW.current_prompt, NEW.proposed_prompt, NEW.rationale, NEW.ab_report::text)) EXECUTE FUNCTION countersign_forget_digest();
--> statement-breakpoint
-- Run by the table's owner: no tenant may write what is searched by itself.
CREATE FUNCTION countersign_keep_texts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	IF TG_OP = 'INSERT' THEN
		INSERT INTO deployment_texts (id, tenant_id, text)
		SELECT id, tenant_id, coalesce(rationale, '') || E'\n' || cluster_signature FROM added;
	ELSE
		UPDATE deployment_texts SET text = coalesce(NEW.rationale, '') || E'\n' || NEW.cluster_signature WHERE id = NEW.id;
	END IF;
	RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER deployments_texts_added AFTER INSERT ON "deployments" REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION countersign_keep_texts();
--> statement-breakpoint
CREATE TRIGGER deployments_texts_changed AFTER UPDATE OF rationale, cluster_signature ON "deployments" FOR EACH ROW EXECUTE FUNCTION countersign_keep_texts();
--> statement-breakpoint
-- The search as the tables' owner: for whoever a policy binds, no index is used with ILIKE, because it might give away
-- rows that the policy hides. Hence the tenant is named here, from the setting that the policy reads, and nowhere else.
-- Gives at most so many ids, of texts with the pattern and of ids in the range; a text is the rationale and the
-- signature together, so that whoever asks has to look at each of the two again. Planned for each pattern anew: one
-- without three letters in a row makes the index read all of its pages, and is quicker looked for without it.
CREATE FUNCTION countersign_search_deployments(pattern text, first_id uuid, last_id uuid, most integer) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 500 SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
	of_tenant CONSTANT uuid := nullif(current_setting('countersign.tenant_id', true), '')::uuid;
BEGIN
	RETURN QUERY SELECT texts.id FROM deployment_texts texts
	WHERE texts.tenant_id = of_tenant AND texts.text ILIKE pattern LIMIT most;
	RETURN QUERY SELECT texts.id FROM deployment_texts texts
	WHERE texts.tenant_id = of_tenant AND texts.id BETWEEN first_id AND last_id AND NOT texts.text ILIKE pattern LIMIT most;
END
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION countersign_search_deployments(text, uuid, uuid, integer) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION countersign_search_deployments(text, uuid, uuid, integer) TO countersign_tenant;
