// Wrong use of the command, and what can't be read or written: told in one line on standard error, with exit code 2.

export class Failure extends Error {}
