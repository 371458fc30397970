import { randomUUID } from 'node:crypto';
import { answered, invalidInput, known, now, pageOf, Refusal, succeeded, type Area, type Row } from './answers';
import { leadBy } from './leadRules';
import { userBy } from './lists';
import type { State } from './state';

/** Fields of a sales activity, and the member of a request that fills each. */
const fields: Array<[SchemaName: string, DisplayName: string, DataType: string, member: string]> = [
	['mx_Custom_1', 'Product', 'Product', 'ProductSku'],
	['mx_Custom_2', 'Order Value', 'Number', 'Revenue'],
	['mx_Custom_3', 'Order Date', 'DateTime', 'SalesDate'],
	['Owner', 'Sales Owner', 'ActiveUsers', 'SalesOwner'],
	['Status', 'Status', 'SearchableDropdown', 'Status'],
];

const fieldsOf = (sale: Row) =>
	fields.map(([SchemaName, DisplayName, DataType, member]) => ({
		SchemaName,
		DisplayName,
		DataType,
		IsMandatory: SchemaName === 'mx_Custom_1',
		Value: sale[member] === undefined ? null : String(sale[member]),
	}));

/** Sales activities, products, and e-mails to leads. */
export function salesHandlers(state: State): Area {
	const head = { Name: 'Sales Activity', DisplayName: 'Sales Activity' };
	return {
		reads: {
			getSalesActivity: ({ query }) =>
				answered({ ID: query.activityId, ...head, Fields: fieldsOf(saleOf(state, query.activityId)) }),
			getSalesActivitySettings: () =>
				answered({ ID: '', ...head, DefaultCurrencyAbbreviation: 'USD', Fields: fieldsOf({}) }),
			getProducts: ({ body }) => {
				const { SearchText = '', ...exact } = (body.Parameter ?? {}) as Row;
				const found = state.products.filter(
					(product) =>
						`${String(product.Name)} ${String(product.ProductSku)}`
							.toLowerCase()
							.includes(String(SearchText).toLowerCase()) &&
						Object.entries(exact).every(([name, value]) => value === '' || product[name] === value),
				);
				return pageOf(found, body);
			},
		},
		writes: { ...salesWrites(state), ...otherWrites(state) },
	};
}

const saleOf = ({ sales }: State, id: unknown) => known('Sales activity', id, sales.get(String(id)));

/** What a request says of a sale, with its lead, product and owner looked up. */
function saleIn(state: State, { SalesOwnerEmail, ...given }: Row): Row {
	const { ProspectId, ProductSku, SalesOwner } = given;
	if (ProspectId !== undefined) known('Lead', ProspectId, state.leads.get(String(ProspectId)));
	if (ProductSku !== undefined && !state.products.some((product) => product.ProductSku === ProductSku)) {
		throw invalidInput(`There is no product with the SKU '${String(ProductSku)}'`);
	}
	if (SalesOwnerEmail !== undefined) return { ...given, SalesOwner: userBy(state, 'EmailAddress', SalesOwnerEmail).ID };
	return SalesOwner === undefined ? given : { ...given, SalesOwner: userBy(state, 'ID', SalesOwner).ID };
}

function salesWrites(state: State): Area['writes'] {
	return {
		createSalesActivity: ({ body }) => {
			const Id = randomUUID();
			state.sales.set(Id, { SalesDate: now().slice(0, 19), ...saleIn(state, body), Id });
			return succeeded({ Id });
		},
		updateSalesActivity: ({ body }) => {
			Object.assign(saleOf(state, body.Id), saleIn(state, body));
			// The page's own example of a success counts no row.
			return succeeded({ AffectedRows: 0 });
		},
		cancelSalesActivity: ({ body }) => {
			Object.assign(saleOf(state, body.activityId), { Status: 'Cancelled', Note: body.activityEventNote });
			return succeeded({ Id: body.activityId });
		},
	};
}

function otherWrites(state: State): Area['writes'] {
	return {
		createProduct: ({ body }) => {
			const product = { Id: randomUUID(), Description: '', ...body, ModifiedOn: now() };
			state.products.push(product);
			return succeeded({ Id: product.Id });
		},
		sendEmailToLead: ({ body: { SenderType, Sender, Recipient } }) => {
			const isActive = state.users.some(({ EmailAddress, StatusCode }) => EmailAddress === Sender && StatusCode === 0);
			if (SenderType === 'UserEmailAddress' && !isActive)
				throw new Refusal('MXMandatoryAttributeMissingException', 'Invalid Sender details.');
			if (!leadBy(state, 'EmailAddress', Recipient))
				throw invalidInput(`There is no lead with the e-mail '${String(Recipient)}'`);
			return answered({ ID: randomUUID(), MemberCount: 1, TotalRecipient: 1 });
		},
	};
}
