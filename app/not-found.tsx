import Link from "next/link";
import { PageMessage } from "@/components/ui/page-message";
import { routes } from "@/lib/routes";

export default function NotFound() {
	return (
		<main>
			<PageMessage title="There is no such page">
				<Link href={routes.deployments()} className="text-accent underline">
					Go to the deployments
				</Link>
			</PageMessage>
		</main>
	);
}
