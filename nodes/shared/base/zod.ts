/** The only import of zod. The build bundles the library into this file, so the package has no dependencies. */
export { z, type RefinementCtx, type ZodIssue, type ZodTypeAny } from 'zod';
