import { randomUUID } from 'node:crypto';
import type { Reply, VendorSandbox } from '../types';

const taskTypes = [
	['Meeting', 0],
	['Demo', 0],
	['Follow-Up', 1],
	['Revive Old Lead', 1],
].map(([Name, Category], index) => ({
	Id: `5b00001e-1a2b-4c3d-8e4f-0000000000${10 + index}`,
	Name,
	Category,
	Color: '#F8BBD0',
	ColumnConfiguration: [],
	CreatedBy: 'System',
	FormLayout: '{"Sections":[]}',
}));

const users = [
	{
		ID: '5b000002-1a2b-4c3d-8e4f-000000000002',
		FirstName: 'Task',
		LastName: 'Owner',
		EmailAddress: 'taskowner@example.com',
		Role: 'Sales_User',
		StatusCode: 0,
	},
	{ ID: '5b000003-1a2b-4c3d-8e4f-000000000003', FirstName: 'Former', LastName: 'User', EmailAddress: 'former@example.com', Role: 'Sales_User', StatusCode: 1 },
];

const leads = [
	{ ProspectID: '5b00000a-1a2b-4c3d-8e4f-00000000000a', FirstName: 'Sample', LastName: 'Lead', EmailAddress: 'lead@example.com', Phone: '+91-9000000000' },
	{ ProspectID: '5b00000b-1a2b-4c3d-8e4f-00000000000b', FirstName: 'Second', LastName: 'Lead', EmailAddress: 'second@example.com', Phone: null },
];

const problem = (status: number, ExceptionType: string, ExceptionMessage: string): Reply => ({
	status,
	body: { Status: 'Error', ExceptionType, ExceptionMessage },
});

/** LeadSquared as its documentation describes it, with validation failures as status 500. */
export function leadSquaredSandbox(): VendorSandbox {
	return {
		vendor: 'leadSquared',
		apiRoot: '/',
		authorized: (headers) => headers['x-lsq-accesskey'] === 'u$rsandbox_access' && headers['x-lsq-secretkey'] === 'sandbox_secret',
		unauthorized: problem(401, 'MXUnAuthorizedAccessException', 'Access key or secret key is invalid'),
		notFound: problem(404, 'MXInvalidEntityException', 'API not found'),
		invalid: (problems) => problem(500, 'MXMandatoryAttributeMissingException', problems.map(({ field, message }) => `'${field}' ${message}`).join('; ')),
		tooMany: () => problem(429, 'MXAPIRateLimitExceededException', 'API calls exceeded the limit of 25 in 5 second(s)'),
		handlers: {
			authenticateUser: () => ({
				status: 200,
				body: { Id: '5b000001-1a2b-4c3d-8e4f-000000000001', Name: 'Integration User', TimeZone: 'Asia/Kolkata', LSQCommonServiceURLs: {} },
			}),
			getTaskTypes: () => ({ status: 200, body: taskTypes }),
			getUsers: () => ({ status: 200, body: users }),
			quickSearchLeads: ({ query }) => {
				const words = String(query.key).toLowerCase();
				return { status: 200, body: leads.filter((lead) => Object.values(lead).some((text) => text?.toLowerCase().includes(words))) };
			},
			createTask: ({ body }) => {
				const { Name } = body.TaskType as { Name: string };
				if (!taskTypes.some((type) => type.Name === Name)) return problem(500, 'MXInvalidEntityException', `Task type '${Name}' does not exist`);
				return { status: 200, body: { Status: 'Success', Message: { Id: randomUUID() } } };
			},
		},
	};
}
