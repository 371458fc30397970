/** The one door to zod: the build bundles the library into this file, so the package ships without dependencies. */
export { z, type RefinementCtx, type ZodIssue, type ZodTypeAny } from 'zod';
