import { dotNet, type Row } from './answers';

/** A lead field before the vendor's many flags are put to it. */
interface FieldSeed {
	SchemaName: string;
	DisplayName: string;
	DataType: string;
	/** How the panel shows it; the vendor tells apart with it what shares a data type. */
	RenderTypeTextValue?: string;
	Options?: readonly string[];
	more?: Row;
}

type Given = [SchemaName: string, DisplayName: string, DataType: string, RenderTypeTextValue?: string, more?: Row];

const choice = (SchemaName: string, DisplayName: string, Options: readonly string[], more: Row = {}): FieldSeed => ({
	SchemaName,
	DisplayName,
	DataType: 'Select',
	RenderTypeTextValue: 'ComboBox',
	Options,
	more,
});
const plain = ([SchemaName, DisplayName, DataType, RenderTypeTextValue = 'Textbox', more]: Given): FieldSeed => ({
	SchemaName,
	DisplayName,
	DataType,
	RenderTypeTextValue,
	more,
});

const readOnly = { IsReadOnly: true };
const identifier = { IsLeadIdentifier: true };

const people: FieldSeed[] = [
	plain(['ProspectID', 'Lead ID', 'Text', 'Textbox', { ...readOnly, ...identifier }]),
	plain(['ProspectAutoId', 'Lead Number', 'Number', 'Textbox', readOnly]),
	plain(['FirstName', 'First Name', 'Text']),
	plain(['LastName', 'Last Name', 'Text', 'Textbox', { IsMandatory: true }]),
	plain(['EmailAddress', 'Email', 'Email', 'Email', identifier]),
	plain(['Phone', 'Phone Number', 'Phone', 'Phone']),
	plain(['Mobile', 'Mobile Number', 'Phone', 'Phone']),
	plain(['Company', 'Company', 'Text']),
	plain(['JobTitle', 'Job Title', 'Text']),
	plain(['Website', 'Website', 'Website', 'URL']),
	plain(['TwitterId', 'Twitter', 'Website', 'URL']),
	plain(['FacebookId', 'Facebook', 'Website', 'URL']),
	plain(['LinkedInId', 'LinkedIn', 'Website', 'URL']),
	plain(['SkypeId', 'Skype Name', 'Text']),
	plain(['PhotoUrl', 'Photo', 'Website', 'URL']),
	choice('TimeZone', 'Time Zone', ['Asia/Kolkata', 'America/Sao_Paulo', 'Europe/London']),
];

const origin: FieldSeed[] = [
	choice('Source', 'Lead Source', ['Organic Search', 'Referral Sites', 'Trade Show', 'Direct Traffic']),
	plain(['SourceMedium', 'Source Medium', 'Text']),
	plain(['SourceCampaign', 'Source Campaign', 'Text']),
	plain(['SourceContent', 'Source Content', 'Text']),
	plain(['Origin', 'Lead Origin', 'Text', 'Textbox', readOnly]),
	choice('ProspectStage', 'Lead Stage', ['Prospect', 'Contacted', 'Opportunity', 'Customer', 'Disqualified']),
	plain(['OwnerId', 'Owner', 'ActiveUsers', 'ActiveUsers']),
	plain(['OwnerIdName', 'Owner Name', 'Text', 'Textbox', readOnly]),
	plain(['OwnerIdEmailAddress', 'Owner Email', 'Email', 'Email', readOnly]),
	plain(['Notes', 'Notes', 'Text', 'TextArea']),
	plain(['Score', 'Lead Score', 'Number', 'Textbox', readOnly]),
	plain(['EngagementScore', 'Engagement Score', 'Number', 'Textbox', readOnly]),
	plain(['Revenue', 'Revenue', 'Number', 'Currency']),
	plain(['TotalVisits', 'Total Visits', 'Number', 'Textbox', readOnly]),
	plain(['DoNotEmail', 'Do Not Email', 'Boolean', 'CheckBox']),
	plain(['DoNotCall', 'Do Not Call', 'Boolean', 'CheckBox']),
	plain(['DoNotSMS', 'Do Not SMS', 'Boolean', 'CheckBox']),
	plain(['DoNotTrack', 'Do Not Track', 'Boolean', 'CheckBox']),
	plain(['LastVisitDate', 'Last Visit', 'Date', 'DateTime', readOnly]),
	plain(['LeadLastModifiedOn', 'Last Modified', 'Date', 'DateTime', readOnly]),
	plain(['CreatedBy', 'Created By', 'Text', 'Textbox', readOnly]),
	plain(['CreatedByName', 'Created By Name', 'Text', 'Textbox', readOnly]),
	plain(['CreatedOn', 'Created On', 'Date', 'DateTime', readOnly]),
	plain(['ModifiedBy', 'Modified By', 'Text', 'Textbox', readOnly]),
	plain(['ModifiedByName', 'Modified By Name', 'Text', 'Textbox', readOnly]),
	plain(['ModifiedOn', 'Modified On', 'Date', 'DateTime', readOnly]),
	plain(['StatusCode', 'Status Code', 'Number', 'Textbox', readOnly]),
];

const custom: FieldSeed[] = [
	plain(['mx_Street1', 'Address 1', 'Text']),
	plain(['mx_Street2', 'Address 2', 'Text']),
	plain(['mx_City', 'City', 'Text']),
	plain(['mx_State', 'State', 'Text']),
	plain(['mx_Zip', 'Zip', 'Text', 'Textbox', { MaxLength: '10' }]),
	choice('mx_Country', 'Country', ['India', 'Brazil', 'United Kingdom']),
	plain(['mx_Customer_Number', 'Customer Number', 'Text', 'Textbox', { ...identifier, LockAfterCreate: 1 }]),
	plain(['mx_Date_Of_Birth', 'Date of Birth', 'Date', 'Date']),
	plain(['mx_Next_Call', 'Next Call', 'Date', 'DateTime']),
	plain(['mx_Best_Time', 'Best Time to Call', 'Time', 'Time']),
	plain(['mx_Budget', 'Budget', 'Number', 'Currency', { RangeMin: '0' }]),
	plain(['mx_Newsletter', 'Newsletter', 'Boolean', 'RadioButton']),
	plain(['mx_About', 'About', 'Text', 'TextArea']),
	plain(['mx_Account_Manager', 'Account Manager', 'ActiveUsers', 'ActiveUsers']),
	plain(['mx_Preferred_Product', 'Preferred Product', 'Product', 'Product']),
	choice('mx_Course', 'Course', ['Sales', 'Marketing', 'Service']),
	choice('mx_Languages', 'Languages', ['English', 'Hindi', 'Portuguese'], {
		DataType: 'MultiSelect',
		RenderTypeTextValue: 'MultiSelect',
		AllowMultiple: true,
		IsMultiselectDropdown: true,
	}),
	choice('mx_Gender', 'Gender', ['Female', 'Male', 'Other'], {
		DataType: 'Dropdown',
		RenderTypeTextValue: 'RadioButton',
	}),
];

const CREATED = Date.UTC(2025, 6, 7, 17, 49, 51);

/** A lead field as it is answered. */
export function fieldOf({ Options, more, ...field }: FieldSeed): Row {
	return {
		Entity: '1',
		MaxLength: '200',
		Description: '',
		DefaultValue: '',
		RangeMin: '',
		IsMandatory: false,
		IsVisible: true,
		IsSearchable: true,
		IsSortable: true,
		ShowInMailMerge: true,
		ShowInImport: true,
		ShowInQuickAdd: false,
		ShowInQuickSearch: false,
		AllowMultiple: false,
		IsMultiselectDropdown: false,
		IsReadOnly: false,
		IsLeadIdentifier: false,
		LockAfterCreate: 0,
		UseInLeadClone: true,
		CreatedByName: 'System',
		CreatedOn: dotNet(CREATED),
		ModifiedByName: 'System',
		ModifiedOn: dotNet(CREATED),
		...field,
		...(Options && { Options: Options.map((Value, index) => ({ Value, SortOrder: index, IsDefault: index === 0 })) }),
		...more,
	};
}

/** The lead fields of a fresh account, all kinds among them. https://apidocs.leadsquared.com/get-metadata-of-lead-fields/ */
export const leadFields = () => [...people, ...origin, ...custom].map(fieldOf);
