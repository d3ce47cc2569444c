/** Who is signed in, with what, and who else belongs to a workspace. */

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getAll, getJson, getPage, patchJson, postJson, putJson, remove } from "@/api/client";
import { setEntry, useEntry } from "@/api/entry";
import { queries } from "@/api/queries";
import type { Account, Entrance, Holding, Invited, Invitation, Me, Member, Passkey, Role, SignedIn, Workspace, WorkspaceEvent } from "@/api/types";

export function getEntrance(): Promise<Entrance> {
  return getJson<Entrance>("entrance");
}

/** Takes in who has just come in; nothing of whoever was here before stays. */
function welcome(me: Me): void {
  queries.clear();
  queries.setQueryData(["me"], me);
  useEntry.setState({ entry: "in", accounts: me.accounts });
}

export async function signIn(login: string, password: string): Promise<void> {
  welcome(await postJson<Me>("sign-in", { login, password }));
}

export type NewAccount = { name: string; login: string; password: string };

export async function makeFirst(token: string, account: NewAccount, workspace: string): Promise<void> {
  welcome(await postJson<Me>("entrance/first", { token, ...account, workspace }));
}

export function lookAt(secret: string): Promise<Invited> {
  return postJson<Invited>("invitations/look", { secret });
}

export async function accept(secret: string, account: NewAccount): Promise<void> {
  welcome(await postJson<Me>("invitations/accept", { secret, ...account }));
}

/** Joins with the account that is signed in already. */
export async function join(secret: string): Promise<void> {
  welcome(await postJson<Me>("invitations/join", { secret }));
}

/** Where the browser goes to sign in at another site. */
export function providerUrl(invitation?: string): string {
  const query = invitation ? `?${new URLSearchParams({ invitation }).toString()}` : "";
  return `api/sign-in/provider${query}`;
}

/** Passkeys want a name in the address, and a browser that speaks their JSON. */
export function passkeysWork(): boolean {
  const named = !/^[\d.]+$|^\[/.test(location.hostname);
  const speaks = "PublicKeyCredential" in window && "parseRequestOptionsFromJSON" in PublicKeyCredential;
  return named && window.isSecureContext && speaks;
}

type Options<T> = { options: T };

export async function signInWithPasskey(): Promise<void> {
  const asked = await postJson<Options<PublicKeyCredentialRequestOptionsJSON>>("sign-in/passkey/options", {});
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(asked.options);
  const credential = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
  welcome(await postJson<Me>("sign-in/passkey", { credential: credential.toJSON() as object }));
}

export async function addPasskey(name: string): Promise<void> {
  const asked = await postJson<Options<PublicKeyCredentialCreationOptionsJSON>>("account/passkeys/options", {});
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(asked.options);
  const credential = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
  await postJson<unknown>("account/passkeys", { credential: credential.toJSON() as object, name });
  await queries.invalidateQueries({ queryKey: ["passkeys"] });
}

export async function removePasskey(id: string): Promise<void> {
  await remove(`account/passkeys/${id}`);
  await queries.invalidateQueries({ queryKey: ["passkeys"] });
}

export async function changePassword(old: string | null, next: string): Promise<void> {
  await putJson("account/password", { old, new: next });
  await queries.invalidateQueries({ queryKey: ["account"] });
  await queries.invalidateQueries({ queryKey: ["sessions"] });
}

function goodbye(): void {
  setEntry("sign-in");
  queries.clear();
}

export async function signOut(): Promise<void> {
  await remove("session");
  goodbye();
}

export async function signOutEverywhere(): Promise<void> {
  await remove("account/sessions");
  goodbye();
}

export async function endSession(id: string): Promise<void> {
  await remove(`account/sessions/${id}`);
  await queries.invalidateQueries({ queryKey: ["sessions"] });
}

export function useMe() {
  return useQuery({ queryKey: ["me"], queryFn: () => getJson<Me>("session"), staleTime: 60_000 });
}

export function useAccount() {
  return useQuery({ staleTime: 0, queryKey: ["account"], queryFn: () => getJson<Account>("account") });
}

export function usePasskeys() {
  return useQuery({ staleTime: 0, queryKey: ["passkeys"], queryFn: () => getJson<Passkey[]>("account/passkeys") });
}

export function useSessions() {
  return useQuery({ staleTime: 0, queryKey: ["sessions"], queryFn: () => getJson<SignedIn[]>("account/sessions") });
}

export function useWorkspaces() {
  return useQuery({ staleTime: 0, queryKey: ["workspaces"], queryFn: () => getJson<Workspace[]>("workspaces") });
}

export function useMembers(workspace: string) {
  return useQuery({
    queryKey: ["members", workspace],
    staleTime: 0, // others join while one looks elsewhere
    queryFn: () => getAll<Member>(`workspaces/${workspace}/members`),
  });
}

/** What a workspace holds and may hold. */
export function useHolding(workspace: string) {
  return useQuery({
    queryKey: ["holding", workspace],
    staleTime: 0,
    queryFn: () => getJson<Holding>(`workspaces/${workspace}/quota`),
  });
}

const EVENTS_AT_ONCE = 20;

/** Who did what in a workspace, the newest first; `fetchNextPage` brings more. */
export function useEvents(workspace: string) {
  return useInfiniteQuery({
    queryKey: ["events", workspace],
    queryFn: ({ pageParam }) => getPage<WorkspaceEvent>(`workspaces/${workspace}/events`, pageParam, EVENTS_AT_ONCE),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    select: ({ pages }) => pages.flatMap((page) => page.items),
    staleTime: 0,
  });
}

export function useInvitations(workspace: string, asked: boolean) {
  return useQuery({
    queryKey: ["invitations", workspace],
    staleTime: 0,
    queryFn: () => getAll<Invitation>(`workspaces/${workspace}/invitations`),
    enabled: asked,
  });
}

/** Works in another workspace: its projects, and what may be done with them, are other ones. */
export async function changeWorkspace(workspace: string): Promise<void> {
  welcome(await patchJson<Me>("session", { workspace }));
}

export async function makeWorkspace(name: string): Promise<void> {
  const made = await postJson<Workspace>("workspaces", { name });
  await changeWorkspace(made.id);
}

export async function renameWorkspace(workspace: string, name: string): Promise<void> {
  await patchJson<unknown>(`workspaces/${workspace}`, { name });
  await queries.invalidateQueries({ queryKey: ["me"] });
  await queries.invalidateQueries({ queryKey: ["workspaces"] });
}

export async function changeRole(workspace: string, member: string, role: Role): Promise<void> {
  await patchJson<unknown>(`workspaces/${workspace}/members/${member}`, { role });
  await queries.invalidateQueries({ queryKey: ["members", workspace] });
  await queries.invalidateQueries({ queryKey: ["me"] });
}

export async function removeMember(workspace: string, member: string): Promise<void> {
  await remove(`workspaces/${workspace}/members/${member}`);
  await queries.invalidateQueries({ queryKey: ["members", workspace] });
}

/** Leaves a workspace; the next one of theirs is where they are then. */
export async function leaveWorkspace(workspace: string, me: string): Promise<void> {
  await remove(`workspaces/${workspace}/members/${me}`);
  welcome(await getJson<Me>("session"));
}

/** Invites somebody and returns the link, which nobody sees a second time. */
export async function invite(workspace: string, role: Role, note: string): Promise<string> {
  const { secret } = await postJson<{ secret: string }>(`workspaces/${workspace}/invitations`, { role, note });
  await queries.invalidateQueries({ queryKey: ["invitations", workspace] });
  return `${location.origin}${location.pathname}#/invitation/${secret}`;
}

export async function withdraw(workspace: string, invitation: string): Promise<void> {
  await remove(`workspaces/${workspace}/invitations/${invitation}`);
  await queries.invalidateQueries({ queryKey: ["invitations", workspace] });
}
