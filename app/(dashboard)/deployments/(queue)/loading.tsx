import { QueueSkeleton } from "@/components/deployments/queue-skeleton";

export default function Loading() {
	return <QueueSkeleton />;
}
