// Laying graphs out on the command line. A bundle of its own: the other commands start without it.
import Elk from 'elkjs/lib/elk.bundled.js';
import type { Layout } from '../language/diagram/states-layout.js';

/** Cost: more than linear; some 100 ms for 100 states */
export const layOut: Layout = async (graph) => new Elk().layout(graph);
