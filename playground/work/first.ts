// What the page begins with: what was looked at last, or the first example.
import greeting from '../../examples/lecture/greeting.chor';
import { createProject } from './project.js';
import type { Project } from './project.js';
import type { Store } from './store.js';

export function firstProject(store: Store): Project {
  return store.last() ?? firstExample();
}

export function firstExample(): Project {
  return createProject('A first example', { kind: 'example', path: 'lecture/greeting.chor' }, [
    { name: 'greeting.chor', text: greeting },
  ]);
}
