import { uuid } from '../../shared/fields';
import { operation, type Resource } from '../../shared/operation';

const get = operation({
	name: 'Get',
	action: 'Get file',
	description: 'Retrieve name, size, type and address of a file of a lead or deal; the content is not downloaded',
	request: 'GET /files/{id}',
	page: 'https://docs.wegly.com.br/api-reference/arquivos/detalhe-de-arquivo',
	contract: 'getFile',
	simple: ['id', 'file_name', 'mime_type', 'size', 'file_url', 'crm_lead', 'crm_deal', 'crm_delivery', 'batch', 'created_at'],
	fields: { id: uuid('File ID').required() },
});

export const file: Resource = { name: 'File', operations: { get } };
