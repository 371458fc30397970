/** Tests that a version of n8n cannot pass, because of what n8n itself does in it. */
export interface NotRun {
	/** Versions of n8n, as the folders in `engines` are called. */
	versions: string[];
	/** Beginnings of the full names of the tests. */
	tests: string[];
	/** What n8n does in these versions, and what a user sees of it. */
	why: string;
}

export const notRun: NotRun[] = [
	{
		versions: ['1.60.1'],
		tests: [
			'the rate limit is waited out when the vendor knows a smaller one than the credential',
			'the rate limit that makes a run slow is named in a hint',
			'a list that gave a record twice puts it out once, and says that others may be missing',
			'a lead whose number is written ',
			'Wegly a task whose meeting could not be made is a success with a hint',
			'a task whose warning is no text is a success, with a hint that shows it',
			'what WoofedCRM does not take over ',
			'the due date of a Syncro Chat task in America/Sao_Paulo a due time that is ',
			'the due date of a Syncro Chat task in Asia/Kolkata a due time that is ',
			'tasks are created in one request on demand, and come out as accepted with the ID of the request',
			'an update that changed nothing is told',
			'a deletion that is only queued comes out with a hint',
			'a deletion by type says that LeadSquared does it later',
			'leads are added to a list and ',
			'requests that were sent again ',
			'a message whose time has passed is told of after the run: ',
			'a limit that the server publishes in its headers counts in place of that of the credential, and is named in a hint',
		],
		why: 'has no hints that a node gives while it runs: they are left out',
	},
	{
		versions: ['1.60.1'],
		tests: [
			'in the continue modes a failed item takes the error output, with the fields of its input item',
			'in the continue modes wrong input fails its own item only',
			'activities in bulk go in one request, and each has its own receipt',
			'1,000 leads of which 3 % have the e-mail of another leave by the two outputs, each in the order of the input',
		],
		why: 'turns the order of the items round where a node has an error output',
	},
	{
		versions: ['1.60.1', '1.94.1'],
		tests: [
			...['continue', 'error output'].map(
				(mode) => `n8n's Retry On Fail runs the node again without sending a finished item twice (${mode})`,
			),
			'whatever goes wrong in whatever order, each item is applied once and told, or not applied and told, or told as unsure; and each lead',
		],
		why: 'runs the node again under Retry On Fail with On Error = Continue, and shows the results of the first run all the same',
	},
	{
		versions: ['1.60.1'],
		tests: [
			"n8n's Retry of an execution that failed sends the items that were not carried out, and marks the others",
			'an item whose answer was lost is not sent by the Retry, and keeps its error',
			'Once Per holds in all executions of the node, and another value is another matter',
			'Once Per counts for what goes in bulk, too',
		],
		why: 'has no store of processed items: Crash Safe is off, and an item with Once Per fails unsent',
	},
	{
		versions: ['1.60.1'],
		tests: ['a tool ', 'agents up to 2.2 and MCP '],
		why: 'makes tools of nodes in another way, which these tests do not know',
	},
	{
		versions: ['1.60.1', '1.94.1'],
		tests: [
			'wegly: send buttons sends nothing when buttons is empty',
			'leadSquared: list free slots of some users sends nothing when GroupConditions is empty',
			'leadSquared: find users sends nothing when GroupConditions is empty',
		],
		why: 'opens no workflow in which text stands in place of rows ("Could not find property option")',
	},
	{
		versions: ['1.60.1', '1.94.1', '1.123.81', '2.0.3'],
		tests: ['the URL of a page of a record stands for its ID and n8n itself refuses another one where it is typed'],
		why: 'refuses it too, in words that do not name the field',
	},
	{
		versions: ['1.60.1', '1.94.1', '1.123.81', '2.0.3'],
		tests: [
			'whatever stands in a field, nothing is sent that the contract refuses, and a refusal names field and item',
		],
		why: 'refuses some of the values itself, in words of its own, before the node is run',
	},
];
