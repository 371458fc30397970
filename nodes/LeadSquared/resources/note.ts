import { fixed, nested, pick, text, url, uuid } from '../../shared/fields';
import { operation, type Resource } from '../../shared/form/operation';
import { direction } from '../listFields';
import { leads } from '../lookups';
import { pagesOf } from '../pages';

const lead = pick('Lead', leads).required();

/**
 * Page size in the vendor's example. LeadSquared does not document a limit.
 * https://apidocs.leadsquared.com/get-all-notes-of-lead/
 */
const PAGE = 200;

const create = operation({
	name: 'Create',
	action: 'Create note',
	description: 'Add a note to a lead. Running it again adds a second note.',
	request: 'POST /LeadManagement.svc/CreateNote',
	effect: 'writes',
	page: 'https://apidocs.leadsquared.com/create-notes-with-attachment/',
	contract: 'createNote',
	output: 'Message',
	unverified: 'LeadSquared documents the fields; the path is from public integrations',
	fields: {
		RelatedProspectId: lead.ordered(),
		Note: text('Note').rows(4).required().example('Wants a call after 6 pm'),
		AttachmentName: url('Attachment URL').example('https://example.com/offer.pdf').describe('URL of a file on the web'),
	},
});

const getByLead = operation({
	name: 'Get Many of Lead',
	action: 'Get many notes of lead',
	description: 'Retrieve the notes of a lead',
	request: 'POST /LeadManagement.svc/RetrieveNote',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/get-all-notes-of-lead/',
	contract: 'getNotes',
	many: pagesOf('List', PAGE, 'ProspectNoteId'),
	fields: {
		Parameter: nested({
			RelatedId: lead,
			Id: uuid('Note ID').describe('ID of a note. Without it, all notes of the lead.'),
		}),
		Sorting: nested({
			ColumnName: fixed('CreatedOn'),
			Direction: direction('Order').default('1').required().describe('Order of the notes by creation time'),
		}),
	},
});

export const note: Resource = { name: 'Note', operations: { create, getByLead } };
