import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import manifest from '../../package.json';
import type { Installation } from './installation';
import { RestClient } from './rest';

const ROOT = path.join(__dirname, '..', '..');

export interface HostOptions {
	installation: Installation;
	/** Port of the editor; a free one is chosen when left out. */
	port?: number;
	/** Whether the package is installed through n8n's own "Install" right away, or lies in n8n's folder when it starts. */
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

/** Puts the package where n8n looks for community nodes when it starts. */
function unpackInto(userFolder: string, tarball: string): void {
	const folder = path.join(userFolder, '.n8n', 'nodes', 'node_modules', manifest.name);
	mkdirSync(folder, { recursive: true });
	execFileSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
}

/** A port that is free at this moment. */
export async function freePort(): Promise<number> {
	return await new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const { port } = server.address() as { port: number };
			server.close(() => resolve(port));
		});
	});
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
		NO_COLOR: '1',
	};
}

/** Starts n8n and logs its owner in. */
export async function startHost({ installation, port, withPack = true, env = {}, userFolder }: HostOptions): Promise<Host> {
	const folder = mkdtempSync(path.join(tmpdir(), 'crm-pack-host-'));
	const data = userFolder ?? path.join(folder, 'user');
	mkdirSync(data, { recursive: true });
	const chosen = port ?? (await freePort());
	const bin = withPack === true ? npmWithTarball(folder, packTarball(folder)) : undefined;
	if (withPack === 'asFile') unpackInto(data, packTarball(folder));
	const path_ = [bin, installation.nodeBin, process.env.PATH].filter(Boolean).join(':');
	const all = { ...process.env, ...quietSettings(chosen, await freePort(), data), PATH: path_, NODE_ENV: 'production', ...env };
	const log = path.join(folder, 'n8n.log');
	const child = startProcess(installation, 'start', all, log);
	const url = `http://127.0.0.1:${chosen}`;
	await untilReady(`${url}/healthz/readiness`, child, log);
	// n8n 1 calls itself ready a moment before its REST interface is.
	await untilReady(`${url}/rest/settings`, child, log);
	const rest = new RestClient(url, installation.folder);
	await rest.login(owner);
	if (withPack === true) await rest.installPackage(manifest.name, manifest.version);
	return { url, rest, userFolder: data, log, process: child, env: all, stop: async () => await stop(child, folder) };
}

/** Starts one of n8n's processes; all it prints goes into a file. */
export function startProcess({ folder, nodeBin }: Installation, command: string, env: NodeJS.ProcessEnv, log: string, args: string[] = []): ChildProcess {
	const child = spawn(path.join(nodeBin, 'node'), ['node_modules/n8n/bin/n8n', command, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
	const file = createWriteStream(log);
	child.stdout.pipe(file);
	child.stderr.pipe(file, { end: false });
	return child;
}

/** Waits until an address answers with success; two minutes at most. */
export async function untilReady(url: string, child: ChildProcess, log: string): Promise<void> {
	for (const deadline = Date.now() + 120_000; Date.now() < deadline; ) {
		if (child.exitCode !== null) throw new Error(`n8n ended while it started:\n${readFileSync(log, 'utf8').slice(-2_000)}`);
		const ready = await fetch(url).then(
			({ ok }) => ok,
			() => false,
		);
		if (ready) return;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	throw new Error(`n8n was not ready after two minutes:\n${readFileSync(log, 'utf8').slice(-2_000)}`);
}

export async function stop(child: ChildProcess, folder?: string): Promise<void> {
	if (child.exitCode === null && child.signalCode === null) {
		const ended = new Promise((resolve) => child.once('exit', resolve));
		child.kill('SIGTERM');
		const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
		await ended;
		clearTimeout(late);
	}
	if (folder) rmSync(folder, { recursive: true, force: true });
}
