import { LoggerProxy } from 'n8n-workflow';

const ignore = () => undefined;

/** n8n's engine reports every failed node on the console, and failed nodes are what many tests are about. */
export function setLogger(): void {
	LoggerProxy.init({ error: ignore, warn: ignore, info: ignore, debug: ignore } as never);
	jest.spyOn(console, 'error').mockImplementation(ignore);
}
