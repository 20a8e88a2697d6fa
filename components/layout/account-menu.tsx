"use client";

import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { Menu } from "@/components/ui/menu";
import type { MenuEntry } from "@/components/ui/menu-entries";
import { routes } from "@/lib/routes";
import { signOut, useClerkInPage } from "./use-clerk-in-page";
import { useDirectory, useViewer } from "./viewer";

/** Whose data this is, who is looking, and the way out; our own, so that no page loads Clerk's widgets. */
export function AccountMenu() {
	const { organizationName, people } = useDirectory();
	const { userId, role } = useViewer();
	const [isOpened, setIsOpened] = useState(false);
	const clerk = useClerkInPage(isOpened);
	const user = clerk?.user;
	const name = people[userId] ?? user?.fullName ?? "Account";
	const memberships = user?.organizationMemberships ?? [];
	const organizations: MenuEntry =
		memberships.length > 1
			? {
					kind: "choice",
					label: "Organization",
					value: clerk?.organization?.id ?? "",
					options: memberships.map(({ organization: { id, name: label } }) => ({ value: id, label })),
					onChange: (organization) => {
						// A whole new page: nothing of one organization may stay in the memory of another.
						void clerk?.setActive({ organization }).then(() => window.location.assign(routes.deployments()));
					},
				}
			: { kind: "text", content: organizationName };
	const person = (
		<>
			<div className="font-medium">{name}</div>
			<div className="text-ink-muted text-xs">
				{user?.primaryEmailAddress?.emailAddress}
				{user?.primaryEmailAddress ? " · " : ""}
				{role ?? "role not known"}
			</div>
		</>
	);
	return (
		<Menu
			onOpen={() => setIsOpened(true)}
			entries={[
				{ kind: "text", content: person },
				{ kind: "separator" },
				{ kind: "label", text: "Organization" },
				organizations,
				{ kind: "separator" },
				{ kind: "item", key: "sign out", content: "Sign out", onSelect: () => void signOut() },
			]}
			trigger={
				<button type="button" className="flex h-8 items-center gap-2 rounded-md px-1 hover:bg-hover sm:px-2">
					<span className="hidden max-w-40 truncate text-ink-muted sm:block">{organizationName}</span>
					<span className="sr-only">{name}: account</span>
					<span
						aria-hidden
						className="grid size-6 place-items-center rounded-full bg-hover font-medium text-xs"
					>
						{initialsOf(name)}
					</span>
					<ChevronDown aria-hidden className="hidden size-3.5 text-ink-muted sm:block" />
				</button>
			}
		/>
	);
}

function initialsOf(name: string): string {
	const words = name.split(/\s+/).filter(Boolean);
	return [words[0], words.length > 1 ? words.at(-1) : undefined]
		.map((word) => Array.from(word ?? "")[0]?.toUpperCase() ?? "")
		.join("");
}
