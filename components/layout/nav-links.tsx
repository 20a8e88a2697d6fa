"use client";

import clsx from "clsx";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { routes } from "@/lib/routes";

const links = [
	{ label: "Deployments", href: routes.deployments() },
	{ label: "Triage", href: routes.triage },
	{ label: "Actions", href: routes.actions },
	{ label: "Audit", href: routes.audit },
] as const;

export function NavLinks() {
	const pathname = usePathname();
	return (
		<nav aria-label="Main" className="flex items-center sm:gap-1">
			{links.map(({ label, href }) => {
				const isHere = pathname === href || pathname.startsWith(`${href}/`);
				return (
					<Link
						key={href}
						href={href}
						aria-current={isHere ? "page" : undefined}
						className={clsx(
							"rounded-md px-1.5 py-1 hover:bg-hover sm:px-2",
							isHere ? "font-medium text-ink" : "text-ink-muted",
						)}
					>
						{label}
					</Link>
				);
			})}
		</nav>
	);
}
