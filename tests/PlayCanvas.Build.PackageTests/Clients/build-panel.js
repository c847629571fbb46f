// Sends the requests of the build panel of the Editor in the same order, and prints the responses as JSON.
const api = process.env.PLAYCANVAS_API_URL;
const projectId = Number(process.env.PLAYCANVAS_PROJECT_ID);
const branchId = process.env.PLAYCANVAS_BRANCH_ID;

async function send(method, path, body) {
    const response = await fetch(`${api}/${path}`, {
        method,
        headers: { Authorization: `Bearer ${process.env.PLAYCANVAS_ACCESS_TOKEN}`, 'Content-Type': 'application/json' },
        body: body && JSON.stringify(body)
    });
    const answer = await response.json();
    if (!response.ok) {
        throw new Error(`${method} ${path}: ${response.status} ${answer.error}`);
    }
    return answer;
}

const builds = (query) => send('GET', `projects/${projectId}/builds?${new URLSearchParams({ limit: 100, skip: 0, ...query })}`);

// The API has no route for a single build, so the panel searches the list for it.
async function waitForBuild(id) {
    for (;;) {
        const build = (await builds({})).result.find((record) => record.id === id);
        if (build.status !== 'running') {
            return build;
        }
    }
}

async function waitForJob(id) {
    for (;;) {
        const job = await send('GET', `jobs/${id}`);
        if (job.status !== 'running') {
            return job;
        }
    }
}

async function main() {
    const branch = (await send('GET', `projects/${projectId}/branches?limit=20`)).result.find((other) => other.id === branchId);
    const scenes = (await send('GET', `projects/${projectId}/scenes?branchId=${branchId}`)).result;
    const form = {
        project_id: projectId,
        branch_id: branchId,
        name: 'Published by the panel',
        description: '',
        version: '2.0.0',
        release_notes: 'Rounder',
        scenes: scenes.map((scene) => scene.id),
        scripts_concatenate: true,
        scripts_minify: true,
        scripts_sourcemaps: false,
        optimize_scene_format: false,
        engine_version: '2.20.6'
    };

    const app = await send('POST', 'apps', { ...form, format: 'playcanvas', image_s3_key: 'images/app.png' });
    const publish = await waitForBuild(app.build_job_id);
    const download = await send('POST', 'apps/download', { ...form, format: 'static', preload_bundle: true });
    const downloaded = await waitForBuild(download.build_job_id);

    const filtered = {};
    for (const query of [
        { type: 'publish' },
        { type: 'download' },
        { status: 'complete' },
        { format: 'playcanvas' },
        { format: 'static' },
        { format: 'web_lens' },
        { branch: branch.name },
        { branch: branch.id },
        { actor: publish.actor.id }
    ]) {
        filtered[new URLSearchParams(query)] = (await builds(query)).result.map((build) => build.id);
    }

    const project = await send('PUT', `projects/${projectId}`, { primary_app: app.id });
    const primary = await send('GET', `projects/${projectId}/app`);
    const deleted = await send('DELETE', `projects/${projectId}/builds/${publish.id}`);
    const left = (await builds({})).result;

    const checkpoint = await waitForJob((await send('POST', 'checkpoints', { projectId, branchId, description: 'Made by the panel' })).id);
    const { limits } = await send('GET', 'ratelimits');
    console.log(JSON.stringify({ app, publish, downloaded, filtered, project, primary, deleted, left, checkpoint, limits }));
}

main().catch((error) => {
    console.error(error);
    process.exit(1);
});
