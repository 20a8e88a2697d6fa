-- Row-level security: whatever a query forgets, a transaction of one tenant sees and writes that tenant's rows alone.
-- The role owns nothing and may not bypass it; it is shared by all databases of a server, hence the look before.
DO $$
BEGIN
	IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'countersign_tenant') THEN
		CREATE ROLE countersign_tenant NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOBYPASSRLS;
	END IF;
	IF NOT pg_has_role(current_user, 'countersign_tenant', 'MEMBER') THEN
		EXECUTE format('GRANT countersign_tenant TO %I', current_user);
	END IF;
EXCEPTION
	-- Another database of the same server made it in this moment.
	WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;
--> statement-breakpoint
GRANT SELECT, INSERT ON "tenants", "decisions", "audit_entries", "spans" TO countersign_tenant;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "projects", "deployments", "traces", "control_actions", "remediations", "kill_switches", "audit_heads", "api_keys" TO countersign_tenant;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "idempotency_keys" TO countersign_tenant;
--> statement-breakpoint
GRANT SELECT ON "deployment_totals" TO countersign_tenant;
--> statement-breakpoint
-- The setting is read once for a statement (a sub-select, not for each row); not set, it is no tenant at all.
DO $$
DECLARE
	of_tenant text;
BEGIN
	FOREACH of_tenant IN ARRAY ARRAY['projects', 'deployments', 'deployment_totals', 'decisions', 'traces', 'spans', 'control_actions', 'remediations', 'kill_switches', 'audit_entries', 'audit_heads', 'api_keys', 'idempotency_keys'] LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', of_tenant);
		EXECUTE format(
			'CREATE POLICY own_tenant ON %I TO countersign_tenant USING (tenant_id = (SELECT nullif(current_setting(''countersign.tenant_id'', true), '''')::uuid))',
			of_tenant
		);
	END LOOP;
END
$$;
--> statement-breakpoint
ALTER TABLE "tenants" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own_tenant ON "tenants" TO countersign_tenant USING (id = (SELECT nullif(current_setting('countersign.tenant_id', true), '')::uuid));
--> statement-breakpoint
INSERT INTO "audit_heads" ("tenant_id", "sequence", "hash")
SELECT tenants.id, coalesce(last.sequence, 0), coalesce(last.curr_hash, repeat('0', 64))
FROM "tenants"
LEFT JOIN LATERAL (
	SELECT sequence, curr_hash FROM "audit_entries" WHERE tenant_id = tenants.id ORDER BY sequence DESC LIMIT 1
) AS last ON true;
--> statement-breakpoint
INSERT INTO "deployment_totals" ("tenant_id", "project_id", "status", "total")
SELECT tenant_id, project_id, status, count(*) FROM "deployments" GROUP BY tenant_id, project_id, status;
--> statement-breakpoint
-- Run by the table's owner: no tenant may write a total by itself. The rows are touched in one order everywhere, so
-- that two changes never wait for each other.
CREATE FUNCTION countersign_count_deployments() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	IF TG_OP = 'INSERT' THEN
		INSERT INTO deployment_totals AS kept (tenant_id, project_id, status, total)
		SELECT tenant_id, project_id, status, count(*) FROM added
		GROUP BY tenant_id, project_id, status ORDER BY tenant_id, project_id, status
		ON CONFLICT (tenant_id, project_id, status) DO UPDATE SET total = kept.total + excluded.total;
	ELSIF TG_OP = 'DELETE' THEN
		INSERT INTO deployment_totals AS kept (tenant_id, project_id, status, total)
		SELECT tenant_id, project_id, status, -count(*) FROM removed
		GROUP BY tenant_id, project_id, status ORDER BY tenant_id, project_id, status
		ON CONFLICT (tenant_id, project_id, status) DO UPDATE SET total = kept.total + excluded.total;
	ELSE
		INSERT INTO deployment_totals AS kept (tenant_id, project_id, status, total)
		SELECT tenant_id, project_id, status, sum(delta) FROM (
			SELECT tenant_id, project_id, status, 1 AS delta FROM added
			UNION ALL
			SELECT tenant_id, project_id, status, -1 FROM removed
		) AS changes
		GROUP BY tenant_id, project_id, status HAVING sum(delta) <> 0 ORDER BY tenant_id, project_id, status
		ON CONFLICT (tenant_id, project_id, status) DO UPDATE SET total = kept.total + excluded.total;
	END IF;
	RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER deployments_added AFTER INSERT ON "deployments" REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION countersign_count_deployments();
--> statement-breakpoint
CREATE TRIGGER deployments_removed AFTER DELETE ON "deployments" REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION countersign_count_deployments();
--> statement-breakpoint
CREATE TRIGGER deployments_changed AFTER UPDATE ON "deployments" REFERENCING NEW TABLE AS added OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION countersign_count_deployments();
