// What `chor` starts.
import { main } from './main.js';

main();
