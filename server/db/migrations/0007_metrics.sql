CREATE TABLE "deployment_metrics" (
	"deployment_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"tenant_id" uuid NOT NULL,
	"value" double precision NOT NULL,
	CONSTRAINT "deployment_metrics_deployment_id_at_pk" PRIMARY KEY("deployment_id","at")
);
--> statement-breakpoint
ALTER TABLE "deployment_metrics" ADD CONSTRAINT "deployment_metrics_deployment_id_deployments_id_fk" FOREIGN KEY ("deployment_id") REFERENCES "public"."deployments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
GRANT SELECT ON "deployment_metrics" TO countersign_tenant;
--> statement-breakpoint
ALTER TABLE "deployment_metrics" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own_tenant ON "deployment_metrics" TO countersign_tenant USING (tenant_id = (SELECT nullif(current_setting('countersign.tenant_id', true), '')::uuid));
--> statement-breakpoint
-- What was known before there was a history: the value that each row had when it was changed last.
INSERT INTO "deployment_metrics" ("deployment_id", "at", "tenant_id", "value")
SELECT "id", "updated_at", "tenant_id", "regression_metric" FROM "deployments" WHERE "regression_metric" IS NOT NULL;
--> statement-breakpoint
-- Run by the table's owner: no tenant may write its history by itself. A restored row brings its own history.
CREATE FUNCTION countersign_keep_metrics() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	IF TG_OP = 'INSERT' THEN
		INSERT INTO deployment_metrics (deployment_id, at, tenant_id, value)
		SELECT id, updated_at, tenant_id, regression_metric FROM added
		WHERE regression_metric IS NOT NULL AND current_setting('countersign.is_restoring', true) IS DISTINCT FROM 'on';
	ELSE
		INSERT INTO deployment_metrics AS kept (deployment_id, at, tenant_id, value)
		VALUES (
			NEW.id,
			-- Whoever writes the metric alone may have left the row's own moment as it was.
			CASE WHEN NEW.updated_at IS DISTINCT FROM OLD.updated_at THEN NEW.updated_at ELSE clock_timestamp() END,
			NEW.tenant_id,
			NEW.regression_metric
		)
		ON CONFLICT (deployment_id, at) DO UPDATE SET value = excluded.value;
	END IF;
	RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER deployments_metrics_added AFTER INSERT ON "deployments" REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION countersign_keep_metrics();
--> statement-breakpoint
CREATE TRIGGER deployments_metrics_changed AFTER UPDATE OF regression_metric ON "deployments" FOR EACH ROW WHEN (NEW.regression_metric IS NOT NULL AND OLD.regression_metric IS DISTINCT FROM NEW.regression_metric) EXECUTE FUNCTION countersign_keep_metrics();
