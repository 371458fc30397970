import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const root = path.join(__dirname, '..', '..');

/** A declaration of the source with its docstring, for the docs. */
export interface Documented {
	name: string;
	/** Signature or type, on one line. */
	type: string;
	/** The docstring, as one cell of a Markdown table. */
	text: string;
	isOptional: boolean;
}

/** An interface, a class or a type with its properties or methods. */
export interface DocumentedType extends Omit<Documented, 'type' | 'isOptional'> {
	/** Name of the class that it extends. */
	base?: string;
	members: Documented[];
}

/** Everything that a source file declares and the docs may show. */
export interface DocumentedFile {
	types: DocumentedType[];
	functions: Documented[];
	/** Exported constants. */
	constants: Documented[];
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

/** A docstring as one cell of a Markdown table: paragraphs and tags are separated by line breaks. */
function textOf(node: ts.Node): string {
	const [doc] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc).slice(-1);
	if (!doc) return '';
	const paragraphs = (ts.getTextOfJSDocComment(doc.comment) ?? '').split(/\n\s*\n/).map(oneLine);
	const tags = (doc.tags ?? []).map((tag) => {
		const said = oneLine(ts.getTextOfJSDocComment(tag.comment) ?? '');
		if (ts.isJSDocParameterTag(tag)) return `\`${tag.name.getText()}\`: ${said}`;
		const name = tag.tagName.text;
		return name === 'example' ? `Example: \`${said}\`` : `${name[0].toUpperCase()}${name.slice(1)}: ${said}`;
	});
	return [...paragraphs, ...tags]
		.filter((part) => part !== '')
		.join('<br>')
		.replaceAll('|', '\\|');
}

const isExported = (node: ts.HasModifiers) =>
	ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
const isPublic = (node: ts.HasModifiers) =>
	!ts
		.getModifiers(node)
		?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword || kind === ts.SyntaxKind.ProtectedKeyword);

const signatureOf = ({ parameters, type }: ts.SignatureDeclaration) =>
	oneLine(`(${parameters.map((parameter) => parameter.getText()).join(', ')})${type ? `: ${type.getText()}` : ''}`);

function memberOf(node: ts.TypeElement | ts.ClassElement): Documented[] {
	if (!node.name) return [];
	const name = node.name.getText();
	const own = { name, text: textOf(node), isOptional: 'questionToken' in node && node.questionToken !== undefined };
	if (ts.isPropertySignature(node)) return [{ ...own, type: oneLine(node.type?.getText() ?? '') }];
	// A method that overrides another one and says nothing new has no docstring.
	if (ts.isMethodDeclaration(node) && isPublic(node) && own.text !== '') return [{ ...own, type: signatureOf(node) }];
	return [];
}

/** Reads the docstrings of a source file, by the TypeScript compiler's own parser. */
export function docstringsOf(file: string): DocumentedFile {
	const source = ts.createSourceFile(file, readFileSync(path.join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
	const types = source.statements
		.filter((node) => ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node))
		.map((node) => ({
			name: node.name?.text ?? '',
			text: textOf(node),
			base: node.heritageClauses?.[0]?.types[0]?.expression.getText(),
			members: [...node.members].flatMap(memberOf),
		}));
	// The first of several overloads has the docstring.
	const functions = source.statements
		.filter(ts.isFunctionDeclaration)
		.filter(isExported)
		.filter((node, index, all) => all.findIndex(({ name }) => name?.text === node.name?.text) === index);
	const constants = source.statements.filter(ts.isVariableStatement).filter(isExported);
	return {
		types,
		functions: functions.map((node) => ({
			name: node.name?.text ?? '',
			type: signatureOf(node),
			text: textOf(node),
			isOptional: false,
		})),
		constants: constants.map((node) => ({
			name: node.declarationList.declarations[0].name.getText(),
			type: oneLine(node.declarationList.declarations[0].initializer?.getText() ?? ''),
			text: textOf(node),
			isOptional: false,
		})),
	};
}
