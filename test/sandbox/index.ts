import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { byVendor, vendors as all, type VendorName } from '../support/vendors';
import { startVendor, type RunningVendor } from './server';
import type { VendorSandbox } from './types';

export type { RunningVendor } from './server';

/** The vendors on the loopback interface. */
export interface Sandbox {
	vendors: Record<VendorName, RunningVendor>;
	/** Credential data by credential type, good for the sandbox. */
	credentials: Record<string, ICredentialDataDecryptedObject>;
	reset: () => void;
	close: () => Promise<void>;
}

export interface SandboxOptions {
	/** First of as many ports in a row as there are vendors; free ones are chosen when left out. */
	port?: number;
	/** Servers that take the place of those that answer as documented. */
	instead?: Partial<Record<VendorName, () => VendorSandbox>>;
}

/** Credentials without a rate limit of their own, so that tests run at full speed. */
const rate = { requestsPerWindow: 0, windowSeconds: 60 };

export async function startSandbox({ port, instead = {} }: SandboxOptions = {}): Promise<Sandbox> {
	const running = new Map<VendorName, RunningVendor>();
	for (const [index, { name, sandbox }] of all.entries()) {
		running.set(name, await startVendor((instead[name] ?? sandbox)(), port === undefined ? 0 : port + index));
	}
	const vendors = byVendor(({ name }) => running.get(name)!);
	return {
		vendors,
		credentials: Object.fromEntries(
			all.map(({ name, vendor, credential }) => [vendor.credential, { ...credential(vendors[name].url), ...rate }]),
		),
		reset: () => Object.values(vendors).forEach((vendor) => vendor.reset()),
		close: async () => {
			await Promise.all(Object.values(vendors).map(async (vendor) => await vendor.close()));
		},
	};
}
