import { fixed, nested, pick, text, url, uuid } from '../../shared/fields';
import { operation, type Resource } from '../../shared/form/operation';
import { direction } from '../listFields';
import { leads } from '../lookups';
import { pagesOf } from '../pages';

const lead = pick('Lead', leads).required();

/** Size of a page in the vendor's example; no page says how many one holds. https://apidocs.leadsquared.com/get-all-notes-of-lead/ */
const PAGE = 200;

const create = operation({
	name: 'Create',
	action: 'Create note',
	description: 'Add a note to a lead. Running it again adds it again.',
	request: 'POST /LeadManagement.svc/CreateNote',
	effect: 'writes',
	page: 'https://apidocs.leadsquared.com/create-notes-with-attachment/',
	contract: 'createNote',
	output: 'Message',
	unverified: 'the page shows the members, and not the address, which is known from the code of other people',
	fields: {
		RelatedProspectId: lead.ordered(),
		Note: text('Note').rows(4).required().example('Wants a call after 6 pm'),
		AttachmentName: url('Attachment URL')
			.example('https://example.com/offer.pdf')
			.describe('Address of a file that is on the web already'),
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
		Parameter: nested({ RelatedId: lead, Id: uuid('Note ID').describe('Only this note of the lead') }),
		Sorting: nested({
			ColumnName: fixed('CreatedOn'),
			Direction: direction('Order').default('1').required().describe('By the time of creation'),
		}),
	},
});

export const note: Resource = { name: 'Note', operations: { create, getByLead } };
