"use client";

import { Button } from "@/components/ui/button";
import { PageMessage } from "@/components/ui/page-message";
import { routes } from "@/lib/routes";
import { signOut, useClerkInPage } from "./use-clerk-in-page";

/** Shown to somebody who is signed in but acts for no organization: everything here belongs to one. */
export function ChooseOrganization() {
	const clerk = useClerkInPage(true);
	const memberships = clerk?.user?.organizationMemberships ?? [];
	return (
		<main>
			<PageMessage title="Choose an organization">
				{clerk === undefined ? <p role="status">Looking up your organizations</p> : null}
				{clerk !== undefined && memberships.length === 0 ? (
					<p>You belong to no organization yet. Ask an owner of yours to invite you.</p>
				) : null}
				<ul className="mt-4 grid justify-center gap-2">
					{memberships.map(({ organization }) => (
						<li key={organization.id}>
							<Button
								onClick={() =>
									void clerk
										?.setActive({ organization: organization.id })
										.then(() => window.location.assign(routes.deployments()))
								}
							>
								{organization.name}
							</Button>
						</li>
					))}
				</ul>
				<Button variant="quiet" className="mt-6" onClick={() => void signOut()}>
					Sign out
				</Button>
			</PageMessage>
		</main>
	);
}
