import { randomUUID } from 'node:crypto';
import { answered, known, now, paged, sorted, succeeded, type Area, type Row } from './answers';
import type { State } from './state';

export function noteHandlers(state: State): Area {
	return {
		reads: {
			getNotes: ({ body: { Parameter, Paging, Sorting } }) => {
				const { RelatedId, Id } = Parameter as Row;
				const found = [...state.notes.values()].filter(
					({ RelatedProspectId, ProspectNoteId }) =>
						RelatedProspectId === RelatedId && (Id === undefined || ProspectNoteId === Id),
				);
				return answered({ List: paged(sorted(found, Sorting), Paging) });
			},
		},
		writes: {
			createNote: ({ body: { RelatedProspectId, Note, AttachmentName = null } }) => {
				known('Lead', RelatedProspectId, state.leads.get(String(RelatedProspectId)));
				const ProspectNoteId = randomUUID();
				state.notes.set(ProspectNoteId, {
					ProspectNoteId,
					RelatedProspectId,
					Note,
					AttachmentName,
					CreatedByName: 'Integration User',
					CreatedOn: now().slice(0, 19),
				});
				return succeeded({ Id: ProspectNoteId });
			},
		},
	};
}
