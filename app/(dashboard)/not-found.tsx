import Link from "next/link";
import { PageMessage } from "@/components/ui/page-message";
import { routes } from "@/lib/routes";

export default function DashboardNotFound() {
	return (
		<PageMessage title="Not found">
			<p>There is nothing under this address in your organization.</p>
			<p className="mt-3">
				<Link href={routes.deployments()} className="text-accent underline">
					Go to the deployments
				</Link>
			</p>
		</PageMessage>
	);
}
