BEGIN TRANSACTION;
CREATE TABLE photos (
	id VARCHAR(32) NOT NULL, 
	owner VARCHAR(64) NOT NULL, 
	workspace VARCHAR(64) NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	format VARCHAR(16) NOT NULL, 
	width INTEGER NOT NULL, 
	height INTEGER NOT NULL, 
	bytes BIGINT NOT NULL, 
	warnings JSON NOT NULL, 
	created BIGINT NOT NULL, 
	CONSTRAINT pk_photos PRIMARY KEY (id), 
	CONSTRAINT uq_photos_owner_workspace_digest UNIQUE (owner, workspace, digest), 
	CONSTRAINT fk_photos_owner FOREIGN KEY(owner) REFERENCES users (name), 
	CONSTRAINT fk_photos_workspace FOREIGN KEY(workspace) REFERENCES workspaces (name)
);
INSERT INTO "photos" VALUES('1fd1fd18841342bbbba336df5b433d46','local','local','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','Anna ‘é’.jpg','jpeg',640,480,8589934592,'["w"]',1796010064159);
INSERT INTO "photos" VALUES('15b9494d11ec4a61baf80d3706cda18d','local','local','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','Anna ‘é’.jpg','jpeg',640,480,8589934592,'["w"]',1796010064163);
INSERT INTO "photos" VALUES('44339bcadab84bbc99c43ea20a39fa34','anna','studio','cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc','anna.jpg','jpeg',640,480,8589934592,'["w"]',1796010064172);
INSERT INTO "photos" VALUES('cfdbb541867849c0870cd2da69d4d942','ben','studio','cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc','ben.jpg','jpeg',640,480,8589934592,'["w"]',1796010064175);
CREATE TABLE projects (
	id VARCHAR(32) NOT NULL, 
	owner VARCHAR(64) NOT NULL, 
	workspace VARCHAR(64) NOT NULL, 
	photo VARCHAR(32) NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	created BIGINT NOT NULL, 
	updated BIGINT NOT NULL, 
	revision INTEGER NOT NULL, 
	CONSTRAINT pk_projects PRIMARY KEY (id), 
	CONSTRAINT fk_projects_owner FOREIGN KEY(owner) REFERENCES users (name), 
	CONSTRAINT fk_projects_workspace FOREIGN KEY(workspace) REFERENCES workspaces (name), 
	CONSTRAINT fk_projects_photo FOREIGN KEY(photo) REFERENCES photos (id)
);
INSERT INTO "projects" VALUES('f058e162bdd34d2d8ed7c11568bf7474','local','local','1fd1fd18841342bbbba336df5b433d46','First',1796010064164,1796010064168,3);
INSERT INTO "projects" VALUES('719f92b1f7ee4fa49efe55a8cbc9b5ef','local','local','1fd1fd18841342bbbba336df5b433d46','Second look',1796010064169,1796010064169,0);
INSERT INTO "projects" VALUES('4a745771310e4bdbb94ff3704b4c7acd','local','local','15b9494d11ec4a61baf80d3706cda18d','Third, ''quoted''',1796010064170,1796010064170,0);
INSERT INTO "projects" VALUES('0625149f05844b4fb3c3861ed596dcdd','anna','studio','44339bcadab84bbc99c43ea20a39fa34','anna''s',1796010064172,1796010064173,1);
INSERT INTO "projects" VALUES('610eebd2b20346ff9da5f13db49bc7ff','ben','studio','cfdbb541867849c0870cd2da69d4d942','ben''s',1796010064175,1796010064176,1);
CREATE TABLE revisions (
	project VARCHAR(32) NOT NULL, 
	revision INTEGER NOT NULL, 
	owner VARCHAR(64) NOT NULL, 
	workspace VARCHAR(64) NOT NULL, 
	label VARCHAR(200) NOT NULL, 
	recipe JSON NOT NULL, 
	created BIGINT NOT NULL, 
	CONSTRAINT pk_revisions PRIMARY KEY (project, revision), 
	CONSTRAINT fk_revisions_project FOREIGN KEY(project) REFERENCES projects (id), 
	CONSTRAINT fk_revisions_owner FOREIGN KEY(owner) REFERENCES users (name), 
	CONSTRAINT fk_revisions_workspace FOREIGN KEY(workspace) REFERENCES workspaces (name)
);
INSERT INTO "revisions" VALUES('f058e162bdd34d2d8ed7c11568bf7474',0,'local','local','Opened','{}',1796010064164);
INSERT INTO "revisions" VALUES('f058e162bdd34d2d8ed7c11568bf7474',1,'local','local','Step 0','{"format": 1, "steps": [{"edit": {"op": "smooth", "version": 1, "amount": 30}, "person": "1-2"}], "flips": [{"x": 0.5, "y": 0.5, "action": "keep"}]}',1796010064167);
INSERT INTO "revisions" VALUES('f058e162bdd34d2d8ed7c11568bf7474',2,'local','local','Step 1','{"format": 1, "steps": [{"edit": {"op": "smooth", "version": 1, "amount": 30}, "person": "1-2"}], "flips": [{"x": 0.5, "y": 0.5, "action": "keep"}]}',1796010064168);
INSERT INTO "revisions" VALUES('f058e162bdd34d2d8ed7c11568bf7474',3,'local','local','Step 2','{"format": 1, "steps": [{"edit": {"op": "smooth", "version": 1, "amount": 30}, "person": "1-2"}], "flips": [{"x": 0.5, "y": 0.5, "action": "keep"}]}',1796010064168);
INSERT INTO "revisions" VALUES('719f92b1f7ee4fa49efe55a8cbc9b5ef',0,'local','local','Opened','{"format": 1, "steps": [{"edit": {"op": "smooth", "version": 1, "amount": 30}, "person": "1-2"}], "flips": [{"x": 0.5, "y": 0.5, "action": "keep"}]}',1796010064169);
INSERT INTO "revisions" VALUES('4a745771310e4bdbb94ff3704b4c7acd',0,'local','local','Opened','{}',1796010064170);
INSERT INTO "revisions" VALUES('0625149f05844b4fb3c3861ed596dcdd',0,'anna','studio','Opened','{}',1796010064172);
INSERT INTO "revisions" VALUES('0625149f05844b4fb3c3861ed596dcdd',1,'anna','studio','Own step','{"format": 1, "steps": [{"edit": {"op": "smooth", "version": 1, "amount": 30}, "person": "1-2"}], "flips": [{"x": 0.5, "y": 0.5, "action": "keep"}]}',1796010064173);
INSERT INTO "revisions" VALUES('610eebd2b20346ff9da5f13db49bc7ff',0,'ben','studio','Opened','{}',1796010064175);
INSERT INTO "revisions" VALUES('610eebd2b20346ff9da5f13db49bc7ff',1,'ben','studio','Own step','{"format": 1, "steps": [{"edit": {"op": "smooth", "version": 1, "amount": 30}, "person": "1-2"}], "flips": [{"x": 0.5, "y": 0.5, "action": "keep"}]}',1796010064176);
CREATE TABLE schema_versions (
	version INTEGER NOT NULL, 
	PRIMARY KEY (version)
);
INSERT INTO "schema_versions" VALUES(1);
CREATE TABLE sessions (
	secret VARCHAR(64) NOT NULL, 
	owner VARCHAR(64) NOT NULL, 
	workspace VARCHAR(64) NOT NULL, 
	expires BIGINT NOT NULL, 
	CONSTRAINT pk_sessions PRIMARY KEY (secret), 
	CONSTRAINT fk_sessions_owner FOREIGN KEY(owner) REFERENCES users (name), 
	CONSTRAINT fk_sessions_workspace FOREIGN KEY(workspace) REFERENCES workspaces (name)
);
CREATE TABLE users (
	name VARCHAR(64) NOT NULL, 
	created BIGINT NOT NULL, 
	CONSTRAINT pk_users PRIMARY KEY (name)
);
INSERT INTO "users" VALUES('local',1796010064146);
INSERT INTO "users" VALUES('anna',1796010064171);
INSERT INTO "users" VALUES('ben',1796010064174);
CREATE TABLE workspaces (
	name VARCHAR(64) NOT NULL, 
	created BIGINT NOT NULL, 
	CONSTRAINT pk_workspaces PRIMARY KEY (name)
);
INSERT INTO "workspaces" VALUES('local',1796010064147);
INSERT INTO "workspaces" VALUES('studio',1796010064171);
CREATE INDEX ix_sessions_owner ON sessions (owner);
CREATE INDEX ix_photos_owner ON photos (owner);
CREATE INDEX ix_projects_owner ON projects (owner);
CREATE INDEX ix_revisions_owner ON revisions (owner);
COMMIT;
