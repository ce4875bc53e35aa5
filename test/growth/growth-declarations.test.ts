// Every list of declarations, and what refers to what stands before it, at two lengths.
import { seriesRows } from './growth.js';
import { testGrowth } from './table.js';

testGrowth(seriesRows('declarations'));
