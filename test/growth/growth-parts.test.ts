// Every list of what stands in a declaration, at two lengths.
import { seriesRows } from './growth.js';
import { testGrowth } from './table.js';

testGrowth(seriesRows('their parts'));
