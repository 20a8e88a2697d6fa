/**
 * An id as callers must send it: lower case, 8-4-4-4-12. PostgreSQL would accept braces and upper case
 * too, and the audit log would then hold two spellings of one id.
 */
export const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
