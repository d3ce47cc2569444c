/** Short names for what the server speaks. `npm run types` writes `api.gen.ts` from its description. */

import type { components } from "@/api/api.gen";

type Models = components["schemas"];

/** A point of a curve: tone before and after, 0 to 1. */
export type Point = [number, number];
export type Value = number | string | boolean | Point[];

/** A tool at work. Its sliders are read by name: the catalogue says at run time which there are. */
export type Edit = { op: string; version: number; [field: string]: Value };

/** A model with an `Edit` in the place of every tool's own sliders. */
type ByName<T> = T extends { op: string; version: number } ? Edit : T extends object ? { [K in keyof T]: ByName<T[K]> } : T;

/** A recipe as the server sends it: the style, which is portable, beside what belongs to one photo. */
export type StoredRecipe = ByName<Models["StoredRecipe"]>;
/** The same with all steps in the order of work: what the editor holds, and the server takes as well. */
export type Recipe = StoredRecipe["style"] & Omit<StoredRecipe["here"], "steps">;
/** A model with its recipe as the editor holds it. */
type Opened<T> = Omit<ByName<T>, "recipe"> & { recipe: Recipe };
export type Step = ByName<Models["Step"]>;
export type Stroke = Models["Stroke"];
export type Mask = Models["Mask"];
export type Locks = Models["Locks"];
export type Lock = keyof Locks;
export type Area = Step["area"];

export type Schema = Models["FieldSchema"];
export type CatalogueOp = Models["CatalogueOp"];
export type CatalogueReply = Models["Catalogue"];
export type Preset = Opened<Models["PresetAnswer"]>;

export type OwnPreset = Opened<Models["OwnPresetAnswer"]>;

export type Photo = Models["PhotoAnswer"];
export type Project = Opened<Models["Project"]>;
export type Revision = Opened<Models["HistoryEntry"]>;
export type Stored = Models["HistoryAnswer"];

export type Analysis = Models["Analysis"];
export type Face = Models["Face"];
export type Spot = Models["Spot"];
/** What is healed where somebody points. */
export type Pointed = Models["Pointed"];
export type Verdict = Models["Verdict"];
export type Affine = Face["to_face"];

export type Report = Models["ReportAnswer"];
export type Changed = Models["Changed"];
export type WorkKind = Changed["kind"];

export type LookCandidate = Opened<Models["LookCandidate"]>;
export type HeardWord = Models["HeardWord"];
export type LookStyle = Omit<Models["LookStyle"], "recipe">;

/** The part of the photo on the screen, and how many device pixels it fills. */
export type View = Models["View"];

/** What another program waits for, and what the editor tells it. */
export type Handover = Models["HandoverAnswer"];
export type HandoverStep = Models["HandoverStep"];

/** The rules of a house for its pictures. */
export type Guide = Models["Guide"];
export type StyleAnswer = Models["StyleAnswer"];
export type Breach = Models["BreachAnswer"];

export type ExportSettings = Partial<Models["ExportRequest"]>;
export type LookSettings = Omit<Models["EnlargedRequest"], "recipe"> & { recipe: Recipe };
export type ExportOffer = Models["ExportOffer"];
export type ExportPreset = Models["ExportPreset"];
export type FileFormat = Models["WrittenFormat"];

/** Accounts that pictures are posted with, and what is posted. */
export type Channel = Models["ChannelFacts"];
export type PostSettings = Required<Models["PostRequest"]>;
export type PostDraft = Models["PostDraft"];
export type NewPost = Required<Models["NewPost"]>;

/** Who is signed in, and in which workspace. */
export type Me = Models["SessionAnswer"];
export type Role = Me["role"];
export type Entrance = Models["Entrance"];
export type Account = Models["AccountAnswer"];
export type Passkey = Models["PasskeyEntry"];
export type SignedIn = Models["SessionEntry"];
export type Workspace = Models["WorkspaceAnswer"];
export type Member = Models["MemberAnswer"];
export type Holding = Models["HoldingAnswer"];
export type Invitation = Models["InvitationEntry"];
export type WorkspaceEvent = Models["EventEntry"];
export type Invited = Models["InvitationAnswer"];

/** Links that show pictures to guests. */
export type Terms = Required<Models["Terms"]>;
export type NewShare = Models["ShareRequest"];
export type Share = Models["ShareEntry"];
export type ShareDetail = Models["ShareDetail"];
export type SharedPicture = Models["SharedPicture"];
export type SharedReport = Models["SharedReport"];
export type Comment = Models["Comment"];
export type Decision = NonNullable<SharedPicture["decision"]>;
export type Entered = Models["Entered"];
export type GuestView = Models["GuestView"];
/** In a picture, as shares of its width and height. */
export type Place = { x: number; y: number };

/** A refusal. Codes beyond the server's own tell of the way to it: `unreachable`. */
export type Problem = Omit<Models["Problem"], "code" | "revision"> & { code: string };

export type Poster = Models["Poster"];
export type KeptPoster = Models["PosterAnswer"];
export type PosterContent = Models["Content"];
export type PosterOffer = Models["PosterOffer"];
export type PosterTemplate = Models["TemplateAnswer"];
export type PosterLayout = Models["PosterLayout"];
export type PosterLine = Models["PosterLine"];
export type PosterRoom = Models["PosterRoom"];
export type PosterLayer = Models["PosterLayer"];
export type PosterChange = Models["Change"];
export type PosterPlace = Models["Place"];
export type PosterPack = Models["PosterPack"];
export type PosterOwnFile = Models["PosterOwnFile"];
export type OwnLayer = Poster["layers"][number];
export type PosterFile = Models["PosterExport"];

export type PhotoSet = Models["PhotoSet"];
export type SetPhoto = Models["PhotoOfSet"];
export type Suggestions = Models["SuggestionsAnswer"];
export type Suggestion = Models["SuggestionOfSet"];
export type SuggestionKind = Suggestion["kind"];
export type SetExport = Models["SetExportAnswer"];
export type Applied = Models["ApplyAnswer"];
