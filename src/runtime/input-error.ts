/**
 * Wrong input or a wrong option, found before anything was sent. To callers it is a `TypeError`; the class tells it
 * apart from a `TypeError` of the platform.
 */
export class InputError extends TypeError {}
