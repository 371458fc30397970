import { choice, dateTime, text } from '../shared/fields';
import { inOrder } from '../shared/form/rules';

/** How a list is sorted. https://apidocs.leadsquared.com/get-opportunities-by-lead-id/ */
export const sorting = {
	SortBy: text('Sort By').at('Sorting.ColumnName').example('CreatedOn').describe('Schema name of the column that the list is sorted by'),
	Direction: choice('Sort Direction', [
		{ value: '1', name: 'Descending', description: 'Newest or largest first' },
		{ value: '0', name: 'Ascending', description: 'Oldest or smallest first' },
	])
		.at('Sorting.Direction')
		.describe('Order of the column under Sort By'),
};

/** A rule: LeadSquared takes a column and its direction together. */
export const sortedByColumn = ({ SortBy, Direction }: Readonly<Record<'SortBy' | 'Direction', string | undefined>>): string | undefined => {
	if ((SortBy === undefined) === (Direction === undefined)) return undefined;
	return SortBy === undefined ? "'Sort Direction' is given without 'Sort By'" : "'Sort By' is given without 'Sort Direction'";
};

/** Which members of the records are wanted. */
export const columns = {
	Columns: text('Columns')
		.at('Columns.Include_CSV')
		.example('Status,Owner,mx_Custom_1')
		.describe('Schema names of the columns to return, with commas; LeadSquared decides without it'),
};

/** The span of time of a list. */
export const span = {
	FromDate: dateTime('From').required().at('Parameter.FromDate').describe('Beginning of the span. Sent in UTC.'),
	ToDate: dateTime('To').required().at('Parameter.ToDate').describe('End of the span. Sent in UTC.'),
};

export const spanInOrder = inOrder(['FromDate', 'From'], ['ToDate', 'To'], ' UTC');

/** @param grid call of the web app that carries the definition */
export const advancedSearch = (grid: string) =>
	text('Advanced Search')
		.rows(4)
		.required()
		.example('{"GrpConOp":"And","Conditions":[],"QueryTimeZone":"India Standard Time"}')
		.describe(
			`Definition as JSON. LeadSquared's web app sends it when a list is filtered: copy AdvancedSearch from the ${grid} call in the browser's network tools.`,
		);
