"use client";

import { type ReactNode, useEffect, useRef } from "react";

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
		return () => observer.disconnect();
	}, [isNear]);
	if (isNear) return children;
	return <div ref={box} data-undrawn style={{ height }} />;
}
