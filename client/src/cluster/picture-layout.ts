export type Point = { x: number; y: number };

/** Where everything stands in the picture, in its own units: from left to right, or from top to bottom. */
export type Layout = { width: number; height: number; people: Point; balancer: Point; replicas: Point[] };

const lane = 110;
/** For what stands below the last replica. */
const roomBelow = 14;

export function layOut(replicas: number, upright: boolean): Layout {
  const across = Math.max(3, replicas) * lane;
  const along = 620;
  const places = Array.from({ length: replicas }, (_, index) => ((index + 0.5) * across) / replicas);
  const point = (far: number, beside: number): Point => (upright ? { x: beside, y: far } : { x: far, y: beside });
  return {
    ...(upright ? { width: across, height: along - 100 } : { width: along, height: across + roomBelow }),
    people: point(60, across / 2),
    balancer: point(upright ? 235 : 290, across / 2),
    replicas: places.map((place) => point(upright ? 440 : 530, place)),
  };
}

/** The way of one turn, as an SVG path: from the people through the balancer to a replica. */
export function wayTo({ people, balancer }: Layout, replica: Point, upright: boolean): string {
  const bend = upright
    ? `C ${balancer.x} ${(balancer.y + replica.y) / 2} ${replica.x} ${(balancer.y + replica.y) / 2}`
    : `C ${(balancer.x + replica.x) / 2} ${balancer.y} ${(balancer.x + replica.x) / 2} ${replica.y}`;
  return `M ${people.x} ${people.y} L ${balancer.x} ${balancer.y} ${bend} ${replica.x} ${replica.y}`;
}
