import { execFileSync, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import manifest from '../../package.json';
import type { Installation } from './installation';
import { assertFree, freePort, startProcess, stop, untilListening, untilReady } from './processes';
import { RestClient } from './rest';

const ROOT = path.join(__dirname, '..', '..');

export interface HostOptions {
	installation: Installation;
	/** Port of the editor; a free one is chosen when left out. */
	port?: number;
	/** Whether the package is installed through n8n's own "Install" right away, or lies in n8n's folder when it starts, as it does in data that has it already. */
	withPack?: boolean | 'asFile';
	env?: NodeJS.ProcessEnv;
	/** Folder of n8n's data; a new one that is removed at the end when left out. */
	userFolder?: string;
}

/** A real n8n that runs, offline and on the loopback interface only. */
export interface Host {
	url: string;
	rest: RestClient;
	userFolder: string;
	/** File with everything the process printed. */
	log: string;
	process: ChildProcess;
	env: NodeJS.ProcessEnv;
	stop: () => Promise<void>;
}

export const owner = { email: 'owner@crm-pack.example', password: 'Crm-pack-2026', firstName: 'Crm', lastName: 'Pack' };

/** Packs the build as it would be published; gives back the tarball. */
export function packTarball(folder: string): string {
	const output = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
		cwd: ROOT,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const [{ filename }] = JSON.parse(output) as Array<{ filename: string }>;
	return path.join(folder, filename);
}

/**
 * An `npm` that hands out the tarball for this package and passes everything else on, so that n8n's own installation
 * runs as it does for a user, without a registry that knows the package.
 */
function npmWithTarball(folder: string, tarball: string): string {
	const bin = path.join(folder, 'bin');
	const npm = execFileSync('which', ['npm'], { encoding: 'utf8' }).trim();
	mkdirSync(bin);
	const name = `${manifest.name}@`;
	writeFileSync(
		path.join(bin, 'npm'),
		`#!/bin/sh\ncase "$1 $2" in\n"view ${name}"*) echo '"${manifest.version}"' ;;\n"pack ${name}"*) cp '${tarball}' ./${manifest.name}.tgz; echo ${manifest.name}.tgz ;;\n*) exec '${npm}' "$@" ;;\nesac\n`,
	);
	chmodSync(path.join(bin, 'npm'), 0o755);
	return bin;
}

/** Where n8n looks for the package when it starts. */
const packFolder = (userFolder: string) => path.join(userFolder, '.n8n', 'nodes', 'node_modules', manifest.name);

/** Puts the package there, in place of one that is there already. */
function unpackInto(userFolder: string, tarball: string): void {
	const folder = packFolder(userFolder);
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	execFileSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
}

/** Settings with which n8n asks nothing of the outside world and nothing of the user. */
function quietSettings(port: number, brokerPort: number, userFolder: string): NodeJS.ProcessEnv {
	return {
		N8N_USER_FOLDER: userFolder,
		N8N_ENCRYPTION_KEY: 'only-for-the-host-tests-0123456789',
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_PROTOCOL: 'http',
		N8N_SECURE_COOKIE: 'false',
		N8N_WEBHOOK_URL: `http://127.0.0.1:${port}/`,
		N8N_RUNNERS_MODE: 'external',
		N8N_RUNNERS_AUTH_TOKEN: 'unused',
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_DIAGNOSTICS_CONFIG_FRONTEND: '',
		N8N_DIAGNOSTICS_CONFIG_BACKEND: '',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_PYTHON_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_DISABLED_MODULES: 'mcp-registry',
		N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'false',
		EXTERNAL_FRONTEND_HOOKS_URLS: '',
		GENERIC_TIMEZONE: 'America/Sao_Paulo',
		// Its line about the port shows that it is this n8n that listens there.
		N8N_LOG_LEVEL: 'info',
		NO_COLOR: '1',
	};
}

/** Starts n8n and logs its owner in. Where anything fails, n8n is stopped. */
export async function startHost({
	installation,
	port,
	withPack = true,
	env = {},
	userFolder,
}: HostOptions): Promise<Host> {
	if (port !== undefined) await assertFree(port, '--port');
	const folder = mkdtempSync(path.join(tmpdir(), 'crm-pack-host-'));
	const data = userFolder ?? path.join(folder, 'user');
	mkdirSync(data, { recursive: true });
	const chosen = port ?? (await freePort());
	const isNew = withPack === true && !existsSync(packFolder(data));
	const bin = isNew ? npmWithTarball(folder, packTarball(folder)) : undefined;
	if (withPack && !isNew) unpackInto(data, packTarball(folder));
	const path_ = [bin, installation.nodeBin, process.env.PATH].filter(Boolean).join(':');
	const all = {
		...process.env,
		...quietSettings(chosen, await freePort(), data),
		PATH: path_,
		NODE_ENV: 'production',
		...env,
	};
	const log = path.join(userFolder ?? folder, 'n8n.log');
	rmSync(log, { force: true });
	const child = startProcess(installation, 'start', all, log);
	try {
		const url = `http://127.0.0.1:${chosen}`;
		await untilListening(chosen, child, log);
		await untilReady(`${url}/healthz/readiness`, child, log);
		// n8n 1 calls itself ready a moment before its REST interface is.
		await untilReady(`${url}/rest/settings`, child, log);
		const rest = new RestClient(url, installation.folder);
		await rest.login(owner);
		if (isNew) await rest.installPackage(manifest.name, manifest.version);
		return { url, rest, userFolder: data, log, process: child, env: all, stop: async () => await stop(child, folder) };
	} catch (error) {
		await stop(child, folder);
		throw error;
	}
}
