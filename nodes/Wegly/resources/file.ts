import { binary, text, uuid } from '../../shared/fields';
import { operation, type Resource } from '../../shared/form/operation';
import { dealId, leadId } from '../fields';

const get = operation({
	name: 'Get',
	action: 'Get file',
	description: 'Retrieve name, size, type and URL of a file of a lead or deal. The content is not downloaded.',
	request: 'GET /files/{id}',
	effect: 'reads',
	page: 'https://docs.wegly.com.br/api-reference/arquivos/detalhe-de-arquivo',
	contract: 'getFile',
	simple: [
		'id',
		'file_name',
		'mime_type',
		'size',
		'file_url',
		'crm_lead',
		'crm_deal',
		'crm_delivery',
		'batch',
		'created_at',
	],
	fields: { id: uuid('File ID').required().describe('ID of the file. File > Upload shows it in files.') },
});

const upload = operation({
	name: 'Upload',
	action: 'Upload file',
	description: 'Upload one or more files to a lead or deal, as one batch',
	request: 'POST /files/batches',
	effect: 'writes',
	page: 'https://docs.wegly.com.br/api-reference/arquivos/upload-de-arquivos-para-lead-ou-neg%C3%B3cio',
	contract: 'uploadFiles',
	simple: ['id', 'title', 'note', 'files_count', 'total_size', 'crm_lead', 'crm_deal', 'files', 'created_at'],
	fields: {
		files: binary('Input Binary Field')
			.required()
			.example('data')
			.describe('Name of the input binary field with the file to upload. Separate several names with commas.'),
		crm_deal_id: dealId
			.open()
			.describe('Deal that gets the files. Enter this, a lead ID or one of the codes. Deal > Create shows it.'),
		crm_lead_id: leadId
			.open()
			.describe('Lead that gets the files. Lead > Create shows it, and the Wegly Trigger in record.'),
		deal_code: text('Deal Code')
			.tidy()
			.example('1024')
			.describe('Number of the deal as Wegly shows it, instead of its ID'),
		lead_code: text('Lead Code')
			.tidy()
			.example('1025')
			.describe('Number of the lead as Wegly shows it, instead of its ID'),
		title: text('Title').example('Contrato assinado').describe('Title of the batch of files'),
		note: text('Note').rows(3).example('Enviado pelo cliente'),
	},
	rules: [
		({ crm_deal_id, crm_lead_id, deal_code, lead_code }) =>
			(crm_deal_id ?? crm_lead_id ?? deal_code ?? lead_code) === undefined
				? "'Deal ID', 'Lead ID', 'Deal Code' and 'Lead Code' are all empty. Enter one of them"
				: undefined,
	],
	leftOut: { file: "sends a single file; 'Input Binary Field' sends one file or several" },
});

export const file: Resource = { name: 'File', operations: { get, upload } };
