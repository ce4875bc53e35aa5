// Every construct that holds itself, at two depths.
import { nestingRows } from './growth.js';
import { testGrowth } from './table.js';

testGrowth(nestingRows);
