/**
 * With it the browser names the form of answer that it asks the gateway for, and the gateway says that what it
 * answers has that form. So that no browser has to load the schemas, which are a tenth of all scripts.
 */
export const replyFormHeader = "x-reply-form";
