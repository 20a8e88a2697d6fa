import Link from "next/link";
import { CommandPalette } from "@/components/palette/command-palette";
import { GoKeys } from "@/components/palette/go-keys";
import { routes } from "@/lib/routes";
import type { Theme } from "@/lib/theme";
import { AccountMenu } from "./account-menu";
import { KeysHelp } from "./keys-help";
import { NavLinks } from "./nav-links";
import { ThemeMenu } from "./theme-menu";

/** The bar on every page: where things are, whose they are, who is looking. */
export function TopBar({ theme }: { theme: Theme }) {
	return (
		<header className="border-line border-b">
			<div className="flex h-12 items-center gap-1 px-3 sm:gap-4 sm:px-5">
				<Link href={routes.deployments()} className="hidden font-medium text-base sm:block">
					Countersign
				</Link>
				<NavLinks />
				<div className="ml-auto flex items-center gap-1">
					<CommandPalette />
					<GoKeys />
					<KeysHelp />
					<ThemeMenu initial={theme} />
					<AccountMenu />
				</div>
			</div>
		</header>
	);
}
