"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { flushSync } from "react-dom";

interface NearScreenProps {
	isNear: boolean;
	onNear: () => void;
	height: number;
	children: ReactNode;
}

/** Keeps the place of what is far from the screen, and asks for it when it comes near. */
export function NearScreen({ isNear, onNear, height, children }: NearScreenProps) {
	const box = useRef<HTMLDivElement>(null);
	const onNearNow = useRef(onNear);
	useEffect(() => {
		onNearNow.current = onNear;
	});
	useEffect(() => {
		if (isNear || box.current === null) return;
		const observer = new IntersectionObserver(
			([entry]) => {
				if (entry?.isIntersecting) onNearNow.current();
			},
			{ rootMargin: "1200px 0px" },
		);
		observer.observe(box.current);
		// Paper has no screen to be near to; what is printed has to be there when the event is over.
		const onPrint = () => flushSync(() => onNearNow.current());
		window.addEventListener("beforeprint", onPrint);
		return () => {
			observer.disconnect();
			window.removeEventListener("beforeprint", onPrint);
		};
	}, [isNear]);
	if (isNear) return children;
	return <div ref={box} data-undrawn style={{ height }} />;
}
