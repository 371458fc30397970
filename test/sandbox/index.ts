import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { VendorName } from './contract';
import { startVendor, type RunningVendor } from './server';
import { leadSquaredSandbox } from './vendors/leadSquared';
import { syncroChatSandbox } from './vendors/syncroChat';
import { weglySandbox } from './vendors/wegly';
import { woofedCrmSandbox } from './vendors/woofedCrm';
import { observedWoofedCrmSandbox } from './vendors/woofedCrmObserved';

export type { RunningVendor } from './server';

/** The four CRMs on the loopback interface. */
export interface Sandbox {
	vendors: Record<VendorName, RunningVendor>;
	/** Credential data by credential type, good for the sandbox. */
	credentials: Record<string, ICredentialDataDecryptedObject>;
	reset: () => void;
	close: () => Promise<void>;
}

export interface SandboxOptions {
	/** First of four ports in a row; free ones are chosen when left out. */
	port?: number;
	/** Whether WoofedCRM answers as documented, with records in it, or as a freshly installed server of October 2024 did. */
	woofedCrm?: 'documented' | 'observed';
}

export async function startSandbox({ port, woofedCrm = 'documented' }: SandboxOptions = {}): Promise<Sandbox> {
	const at = (offset: number) => (port === undefined ? 0 : port + offset);
	const vendors = {
		syncroChat: await startVendor(syncroChatSandbox(), at(0)),
		wegly: await startVendor(weglySandbox(), at(1)),
		woofedCrm: await startVendor(woofedCrm === 'observed' ? observedWoofedCrmSandbox() : woofedCrmSandbox(), at(2)),
		leadSquared: await startVendor(leadSquaredSandbox(), at(3)),
	};
	return {
		vendors,
		credentials: sandboxCredentials(vendors),
		reset: () => Object.values(vendors).forEach((vendor) => vendor.reset()),
		close: async () => {
			await Promise.all(Object.values(vendors).map(async (vendor) => await vendor.close()));
		},
	};
}

/** Credentials without a rate limit of their own, so that tests run at full speed. */
function sandboxCredentials(vendors: Record<VendorName, RunningVendor>): Sandbox['credentials'] {
	const rate = { requestsPerWindow: 0, windowSeconds: 60 };
	return {
		syncroChatApi: { apiKey: 'crm_sandbox_key', baseUrl: `${vendors.syncroChat.url}/api/v1`, ...rate },
		weglyApi: { token: 'sandbox_wegly_token', baseUrl: vendors.wegly.url, allowedDomain: '', ...rate },
		woofedCrmApi: { token: 'sandbox_woofed_token', baseUrl: vendors.woofedCrm.url, accountId: 1, ignoreSsl: false, ...rate },
		leadSquaredApi: { accessKey: 'u$rsandbox_access', secretKey: 'sandbox_secret', host: 'custom', baseUrl: vendors.leadSquared.url, ...rate },
	};
}
