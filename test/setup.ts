// One seed for all random tests where CHOR_SEED gives one; else each draws its own, and a failure prints it.
import fc from 'fast-check';

if (process.env['CHOR_SEED'] !== undefined) fc.configureGlobal({ seed: Number(process.env['CHOR_SEED']) });
