import { existsSync } from 'node:fs';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import type { Host } from './host';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Chromium of the system, or undefined where there is none. */
export const chromiumPath = (): string | undefined => PLACES.find((place) => existsSync(place));

export type Scheme = 'light' | 'dark';

/** n8n's editor in a browser, driven as a user would. */
export class Editor {
	private constructor(
		private readonly browser: Browser,
		readonly page: Page,
		private readonly url: string,
	) {}

	/** Opens the editor, logged in as the owner. */
	static async open({ rest, url }: Host, scheme: Scheme = 'light'): Promise<Editor> {
		const browser = await chromium.launch({
			executablePath: chromiumPath(),
			args: ['--no-sandbox', '--disable-dev-shm-usage'],
		});
		const context = await browser.newContext({ viewport: { width: 1440, height: 960 }, colorScheme: scheme });
		const { cookie, browserId } = rest.session;
		await context.addCookies([cookie]);
		await context.addInitScript({ content: `localStorage.setItem('n8n-browserId', ${JSON.stringify(browserId)})` });
		return new Editor(browser, await context.newPage(), url);
	}

	async close(): Promise<void> {
		await this.browser.close();
	}

	part(id: string): Locator {
		return this.page.locator(`[data-test-id="${id}"]`);
	}

	/** Opens a stored workflow and waits for its canvas. */
	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.part('canvas-node').first().waitFor();
	}

	/** Opens the form of a node. */
	async openNode(name: string): Promise<void> {
		await this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
		await this.part('ndv').waitFor();
		await this.part('node-parameters').first().waitFor();
	}

	/** Runs the open node, and waits until it has put out an item. */
	async executeStep(): Promise<void> {
		await this.part('node-execute-button').first().click();
		await this.part('output-panel')
			.getByText(/1 item/)
			.first()
			.waitFor();
	}

	async closeNode(): Promise<void> {
		// Escape would close an open list first.
		await this.part('ndv-close-button').first().click();
		await this.part('ndv').waitFor({ state: 'hidden' });
	}

	/** Names that the node creator finds for some words. */
	async findInCreator(words: string): Promise<string[]> {
		const search = this.part('node-creator-search-bar');
		if (!(await search.isVisible())) await this.part('node-creator-plus-button').click();
		await search.fill(words);
		await this.part('node-creator-item-name').first().waitFor();
		// The list narrows a moment after the words are typed.
		await this.page.waitForTimeout(600);
		return await this.part('node-creator-item-name').allInnerTexts();
	}

	/** Chooses an entry of a drop-down of the open form. */
	async choose(parameter: string, option: string): Promise<void> {
		await this.part(`parameter-input-${parameter}`).locator('input, [role="combobox"]').first().click();
		await this.page
			.getByRole('option', { name: option })
			.or(this.page.locator('.el-select-dropdown__item:visible', { hasText: option }))
			.first()
			.click();
	}

	/** Labels of the open form, in their order. */
	async labels(): Promise<string[]> {
		const labels = await this.part('node-parameters')
			.first()
			.locator('[data-test-id="parameter-item"] label, label')
			.allInnerTexts();
		return labels.map((label) => label.split('\n')[0].trim()).filter((label) => label !== '');
	}

	/** Searches the list of a locator, and picks the first entry that holds the words. */
	async pick(locator: string, words: string): Promise<string> {
		const field = this.part(`resource-locator-${locator}`);
		await field.locator('[data-test-id="rlc-input"]').click();
		await this.part('rlc-search')
			.locator('input')
			.or(this.page.locator('input[data-test-id="rlc-search"]'))
			.first()
			.fill(words);
		const entry = this.part('rlc-item').filter({ hasText: words }).first();
		await entry.waitFor();
		const name = await entry.innerText();
		await entry.click();
		return name;
	}

	/** Adds a field to the resource mapper of the open form. */
	async addMapped(label: string, id: string): Promise<Locator> {
		await this.part('add-fields-select').locator('button').first().click();
		await this.page.getByRole('menuitem', { name: label, exact: true }).click();
		const field = this.part(`parameter-input-${id}`);
		await field.waitFor();
		return field;
	}

	/** Adds a field to the first collection of the open form, which is that of the optional fields. */
	async addField(label: string, name: string): Promise<void> {
		await this.part('collection-parameter-add').first().click();
		const wanted = new RegExp(`^\\s*${label}\\s*$`);
		await this.part('collection-parameter-option').filter({ hasText: wanted }).locator('visible=true').first().click();
		await this.part(`resource-locator-${name}`)
			.or(this.part(`parameter-input-${name}`))
			.first()
			.waitFor();
	}

	/** Presses the button beside a locator that leaves its value to the model of an agent. */
	async leaveToModel(locator: string): Promise<void> {
		const field = this.page
			.locator('[data-test-id="parameter-item"], [data-test-id="collection-parameter"] div', {
				has: this.part(`resource-locator-${locator}`),
			})
			.last();
		await field.hover();
		await field.locator('[data-test-id="from-ai-override-button"]').first().click();
	}

	/** Adds a field to the last collection of the open form, which is that of the options. */
	async addOption(label: string, name: string): Promise<void> {
		await this.part('collection-parameter-add').last().click();
		await this.part('collection-parameter-option').filter({ hasText: label }).locator('visible=true').first().click();
		await this.part(`parameter-input-${name}`).waitFor();
	}

	/** Saves the open workflow as the keys for it do. */
	async save(): Promise<void> {
		const saved = this.page.waitForResponse(
			(response) => response.request().method() === 'PATCH' && response.url().includes('/rest/workflows/'),
		);
		await this.page.keyboard.press('Control+s');
		await saved;
	}
}
