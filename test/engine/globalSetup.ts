import './environment';

/** All workers of a run share the folder that was made here, and it goes with this process. */
export default function globalSetup(): void {}
