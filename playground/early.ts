// Runs in the page before its program is loaded: what the page begins with is seen and checked at once.
import { startEarly } from './start-server.js';
import { showFound, showText } from './ui/early.js';
import { firstProject } from './work/first.js';
import { createStore, ownStorage } from './work/store.js';

const project = firstProject(createStore(ownStorage()));
// Else the address says what is looked at.
const own = location.hash === '';
startEarly(project, own, showFound);
if (own) showText(project);
