/** Words that hold a sentence together, and those that nearly every prompt has; by the code of `language.ts`. */
const commonWords: Record<string, string> = {
	eng: `the and to are you your for with that this not if it from should must be as is of on or have has can will
		when what which their them they do does don't never always only any all an at by no but about into how use
		keep give answer may than then there who we`,
	deu: `der die das und ist nicht du dich dir dein deine deinen sie ihr ihre ihren ein eine einen einem einer den
		dem des mit auf für von zu zum zur im bei wenn oder aber auch nur immer nie niemals kein keine keinen bist
		sind wird werden kann kannst muss musst soll sollst hat haben sei es er wie was alle jede jeden nach aus dass
		sich über antworte verwende wurde nichts`,
	fra: `le les des du une est et vous tu ne pas jamais toujours que qui dans pour avec sur votre vos ton tes leur
		il elle ce cette ces aux au si ou mais êtes es sont être avez doit devez soyez sois plus sans par en la de un
		réponds répondez utilise utilisez peut n'est l'utilisateur d'un d'une`,
	spa: `el los las una que es y no con para por del se lo su sus tu tus si pero o nunca siempre eres está están son
		como más sin al ser debe debes puede cuando en la de un le les esta este responde usa usted cada todo todos
		todas`,
	por: `o os as uma que é e não com para por do da dos das se seu sua seus suas mas ou nunca sempre você está são
		como mais sem ao ser deve pode quando em de um no na nos nas responda use cada todo todos todas foi`,
	ita: `il lo gli le una che è e non con per del della dei delle di si suo sua ma o mai sempre sei sono come più
		senza al essere deve devi può quando in la un nel nella questo questa rispondi usa ogni tutti tutte da`,
	nld: `de het een en is niet je jij jouw u uw zijn met op voor van te in als of maar ook alleen altijd nooit geen
		bent wordt worden kan kunt moet moeten naar uit dat die er wat hoe alle elke antwoord gebruik wees door`,
	swe: `og och er är ikke inte til till af av med det som på en et ett den de du jeg jag att at for för eller men
		aldrig altid alltid alltså kun bare bara ikkje har kan skal ska må vær var din dit ditt dine når hvis om fra
		från`,
};
const byLanguage = Object.entries(commonWords).map(([code, list]) => ({
	code,
	words: new Set(list.split(/\s+/)),
}));
/** Two that have half of these words in common: they are told together where neither has clearly more. */
const alike = new Set(["spa", "por"]);
const leastOfAlike = 0.85;

const leastDifferent = 4;
const leastShare = 0.25;
/** What another language may have of the words of the best: many are words of two. */
const mostOfRival = 0.5;
const longestRead = 4_000;

/**
 * The language of a text that is too short for its letters to tell: by four different common words of one
 * language, which are a quarter of all words and twice as many as of any other. Knows English, German, French,
 * Spanish, Portuguese, Italian, Dutch and (as one) the languages of Scandinavia; null for everything else.
 * Quotations say nothing about the text around them. Returns the code, or two codes of languages that are alike.
 */
export function languageByWords(text: string): string[] | null {
	const plain = text
		.slice(0, longestRead)
		.replace(/"[^"\n]{0,200}"|“[^”\n]{0,200}”|„[^“”\n]{0,200}[“”]|«[^»\n]{0,200}»/g, " ");
	const words =
		plain
			.toLowerCase()
			.replaceAll("’", "'")
			.match(/\p{L}[\p{L}\p{M}']*/gu) ?? [];
	const counted = byLanguage
		.map(({ code, words: known }) => {
			const found = words.filter((word) => known.has(word));
			return { code, count: found.length, different: new Set(found).size };
		})
		.sort((one, other) => other.count - one.count);
	const [best] = counted;
	if (best === undefined || best.different < leastDifferent || best.count < leastShare * words.length)
		return null;
	const isAlike = ({ code }: { code: string }) => alike.has(best.code) && alike.has(code);
	const rival = counted.find((other) => other !== best && !isAlike(other));
	if (rival !== undefined && rival.count > mostOfRival * best.count) return null;
	return counted
		.filter((other) => other === best || (isAlike(other) && other.count > leastOfAlike * best.count))
		.map(({ code }) => code);
}
