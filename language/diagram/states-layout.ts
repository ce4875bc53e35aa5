// The graph of a role as the library that lays graphs out takes it (ELK's JSON), and what it answers as a picture's
// parts.
import type { Measure } from './fit.js';
import type { RoleStates } from './states.js';

/** What of ELK's graphs is used here. */
export interface ElkGraph extends Box {
  id: string;
  layoutOptions?: Record<string, string>;
  children?: (Box & { id: string })[];
  edges?: ElkEdge[];
}

interface ElkEdge {
  id: string;
  sources: string[];
  targets: string[];
  labels?: (Box & { text?: string })[];
  sections?: { id: string; startPoint: Point; endPoint: Point; bendPoints?: Point[] }[];
}

interface Box {
  x?: number;
  y?: number;
  width?: number;
  height?: number;
}

interface Point {
  x: number;
  y: number;
}

/** Lays a graph out: ELK does, wherever it runs. */
export type Layout = (graph: ElkGraph) => Promise<ElkGraph>;

export interface PlacedStates {
  readonly width: number;
  readonly height: number;
  /** Where a role starts. */
  readonly start: PlacedState;
  readonly states: readonly PlacedState[];
  /** The way into the first state, then the transitions. */
  readonly transitions: readonly PlacedTransition[];
}

export interface PlacedState {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

export interface PlacedTransition {
  readonly points: readonly Readonly<Point>[];
  readonly label: { readonly x: number; readonly y: number; readonly width: number; readonly text: string } | undefined;
}

const sizes = { sends: 20, waits: 20, decides: 24, end: 20 };
const startSize = 8;

/** The graph of a role. Cost: linear */
export function elkOf<P>({ states, transitions }: RoleStates<P>, measure: Measure): ElkGraph {
  return {
    id: 'role',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'DOWN',
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.edgeLabels.placement': 'CENTER',
      'elk.padding': '[top=12,left=12,bottom=12,right=12]',
      'elk.spacing.nodeNode': '24',
      'elk.spacing.edgeNode': '14',
      'elk.spacing.edgeEdge': '12',
      'elk.spacing.edgeLabel': '4',
      'elk.layered.spacing.nodeNodeBetweenLayers': '26',
      'elk.layered.spacing.edgeNodeBetweenLayers': '14',
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
    },
    children: [
      { id: 'start', width: startSize, height: startSize },
      ...states.map(({ kind }, i) => ({ id: `s${i}`, width: sizes[kind], height: sizes[kind] })),
    ],
    edges: [
      ...(states.length > 0 ? [{ id: 'in', sources: ['start'], targets: ['s0'] }] : []),
      ...transitions.map(({ from, to, text }, i) => ({
        id: `t${i}`,
        sources: [`s${from}`],
        targets: [`s${to}`],
        ...(text ? { labels: [{ text, width: measure(text) + 4, height: 16 }] } : {}),
      })),
    ],
  };
}

/** What ELK answered. Cost: linear */
export function placedStates({ width = 0, height = 0, children = [], edges = [] }: ElkGraph): PlacedStates {
  const [start, ...states] = children.map(({ x = 0, y = 0, width: size = 0 }): PlacedState => ({ x, y, size }));
  return {
    width,
    height,
    start: start ?? { x: 0, y: 0, size: 0 },
    states,
    transitions: edges.map(({ sections = [], labels: [label] = [] }) => ({
      points: sections.flatMap(({ startPoint, endPoint, bendPoints = [] }) => [startPoint, ...bendPoints, endPoint]),
      label: label && { x: label.x ?? 0, y: label.y ?? 0, width: label.width ?? 0, text: label.text ?? '' },
    })),
  };
}

/** A way round corners, as the `d` of a path. */
export function pathOf(points: readonly Readonly<Point>[]): string {
  const radius = 6;
  const toward = (from: Point, to: Point, far: number): Point => {
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
    const by = Math.min(far, length / 2) / length;
    return { x: from.x + (to.x - from.x) * by, y: from.y + (to.y - from.y) * by };
  };
  const text = ({ x, y }: Point): string => `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
  return points
    .map((point, i) => {
      const [before, next] = [points[i - 1], points[i + 1]];
      if (!before) return `M${text(point)}`;
      if (!next) return `L${text(point)}`;
      return `L${text(toward(point, before, radius))}Q${text(point)} ${text(toward(point, next, radius))}`;
    })
    .join('');
}
