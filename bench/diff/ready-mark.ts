/** The mark that a page of an alternative sets when it has the texts and its code. */
export const readyMark = "texts-and-code-are-here";
