// Limits: how often choreographies are given others.

/** Ways of giving one choreography others in which it is looked at: each is another choreography. */
export const mostInstances = 100;
