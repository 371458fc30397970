import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { INodeProperties } from 'n8n-workflow';
import ts from 'typescript';
import { loadPack } from '../engine/pack';

const root = path.join(__dirname, '..', '..');
const filesIn = (folder: string, ending: string) =>
	readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith(ending))
		.map((name) => path.join(folder, name));

/** Words that say something else than the standard term, with the term to use. */
const TERMS: ReadonlyArray<readonly [wrong: RegExp, term: string]> = [
	[/\bput(s|ting)? out\b/i, 'output, return'],
	[/\bmoments?\b/i, 'date and time'],
	[/\bmembers?\b/i, 'field, property'],
	[/(?<!names )\bwith commas\b/i, 'comma-separated'],
	[/\b(comes?|came) again\b/i, 'retry'],
	[/\bslow(s|ed)? down\b/i, 'limit requests'],
	[/\b(pace|patience|tempo)\b/i, 'rate limit, timeout, concurrency'],
	[/\bheadline\b/i, 'message'],
	[/\bway out\b/i, 'suggestion'],
	[/\b(an|no|the|its) answers?\b|\banswer(s|ed) (with|without)\b/i, 'response, respond'],
	[/\bmend(s|ed)?\b/i, 'fix, correct'],
	[/\b(takes|took) .*, and got\b/i, 'must be ..., but is ...'],
	[/\bhad an error of its own\b/i, 'returned a server error'],
	[/\bor its ID, an ID such as\b/i, 'or be an ID like'],
	[/\bUnverified:/, 'Beta:'],
];
const wrongIn = (text: string) => TERMS.filter(([wrong]) => wrong.test(text)).map(([, term]) => term);
const complaintsOn = (texts: ReadonlyArray<readonly [where: string, text: string]>) =>
	texts.flatMap(([where, text]) => wrongIn(text).map((term) => `${where}: "${text}" has a standard term: ${term}`));

/** The texts of a page, one for each paragraph, list item and table cell, without code, links and tables of symbols. */
function textsOf(page: string): string[] {
	return page
		.replace(/```.*?```|<!--.*?-->/gs, '')
		.split(/\n\s*\n|\n(?=\s*(?:[-*|#]|\d+\.))/)
		.flatMap((block) => (block.trim().startsWith('|') ? block.split('|') : [block]))
		.map((text) =>
			text
				.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
				.replace(/\s+/g, ' ')
				.trim(),
		);
}
const sentencesOf = (page: string) =>
	textsOf(page)
		.flatMap((text) => text.split(/(?<=[.!?:;])\s+/))
		.map((sentence) => sentence.split(' ').length)
		.filter((words) => words > 2);

// The pages of operations hold lists of fields.
const pages = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', ...filesIn('docs', '.md')].filter(
	(file) => !file.startsWith('docs/operations/'),
);

describe('documents', () => {
	test.each(pages)('nine of ten sentences of %s have at most 30 words', (file) => {
		const words = sentencesOf(readFileSync(path.join(root, file), 'utf8')).sort((one, other) => one - other);

		expect(words[Math.floor(words.length * 0.9)] ?? 0).toBeLessThanOrEqual(30);
	});
});

/** Every text that a form shows, with its place. */
function formTexts(list: INodeProperties[], where: string): Array<[string, string]> {
	return list.flatMap((property) => {
		const { displayName, description = '', hint = '', placeholder = '', options = [], modes = [] } = property;
		const at = `${where} > ${displayName}`;
		const inside = options.flatMap((option): Array<[string, string]> => {
			if ('values' in option) return formTexts(option.values, at);
			if ('type' in option) return formTexts([option], at);
			return [[at, `${option.name} ${('description' in option && option.description) || ''}`]];
		});
		const own = [displayName, description, hint, placeholder, ...modes.map(({ displayName: mode }) => mode)];
		return [...own.map((text): [string, string] => [at, text]), ...inside];
	});
}

test('no form uses another word for a standard term', () => {
	const { nodeTypes, credentialTypes } = loadPack('source');
	const forms = [...Object.values(nodeTypes).map(({ description }) => description), ...Object.values(credentialTypes)];

	expect(complaintsOn(forms.flatMap(({ displayName, properties }) => formTexts(properties, displayName)))).toEqual([]);
});

const sources = ['nodes', 'credentials'].flatMap((folder) =>
	filesIn(folder, '.ts').map((file) => ({
		file,
		source: ts.createSourceFile(file, readFileSync(path.join(root, file), 'utf8'), ts.ScriptTarget.ES2022, true),
	})),
);

function nodesIn(node: ts.Node): ts.Node[] {
	return [node, ...node.getChildren().flatMap(nodesIn)];
}

/** The text of a literal, with `...` for what a template fills in. */
function textOf(node: ts.Node): string | undefined {
	if (ts.isStringLiteralLike(node)) return node.text;
	return ts.isTemplateExpression(node)
		? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('...')
		: undefined;
}

test('no message in the source uses another word for a standard term', () => {
	const texts = sources.flatMap(({ file, source }) =>
		nodesIn(source)
			.map(textOf)
			.filter((text): text is string => text !== undefined && text.trim().includes(' '))
			.map((text): [string, string] => [file, text]),
	);

	expect(texts.length).toBeGreaterThan(1_000);
	expect(complaintsOn(texts)).toEqual([]);
});

test('no description of an error repeats its message', () => {
	const repeated = sources.flatMap(({ file, source }) =>
		nodesIn(source)
			.filter(ts.isObjectLiteralExpression)
			.flatMap(({ properties }) => {
				const valueOf = (name: string) => {
					const found = properties.find((property) => property.name?.getText() === name);
					return found && ts.isPropertyAssignment(found) ? textOf(found.initializer) : undefined;
				};
				const [message, description] = [valueOf('message'), valueOf('description')];
				const isRepeated = message !== undefined && description !== undefined && description.includes(message);
				return isRepeated ? [`${file}: ${description}`] : [];
			}),
	);

	expect(repeated).toEqual([]);
});

/** The names that a file declares and exports itself. */
function exportedBy(source: ts.SourceFile): string[] {
	const isExported = (node: ts.Statement) =>
		ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
	const names = source.statements.filter(isExported).flatMap((statement) => {
		if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map(({ name }) => name);
		return 'name' in statement && statement.name ? [statement.name as ts.Node] : [];
	});
	return [...new Set(names.map((name) => name.getText()))];
}

test('no exported name of the shared code means two things', () => {
	const places = new Map<string, string[]>();
	for (const { file, source } of sources.filter(({ file: name }) => /^(credentials|nodes\/shared)\//.test(name)))
		for (const name of exportedBy(source)) places.set(name, [...(places.get(name) ?? []), file]);

	expect(places.size).toBeGreaterThan(300);
	expect([...places].filter(([, files]) => files.length > 1)).toEqual([]);
});
