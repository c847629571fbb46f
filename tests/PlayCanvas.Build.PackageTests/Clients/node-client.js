// Calls the methods of playcanvas-node, and prints their results as JSON.
const constants = require('playcanvas-node/built/constatns');
const PlayCanvas = require('playcanvas-node').default;

// The package does not have an option for the address; every method reads this constant when it is called.
constants.API_ENDPOINT = process.env.PLAYCANVAS_API_URL;

async function main() {
    const client = new PlayCanvas({
        accessToken: process.env.PLAYCANVAS_ACCESS_TOKEN,
        projectId: Number(process.env.PLAYCANVAS_PROJECT_ID),
        branchId: process.env.PLAYCANVAS_BRANCH_ID,
        projectName: 'Built by playcanvas-node',
        scenes: [Number(process.env.PLAYCANVAS_SCENE_ID)]
    });

    const answers = {
        apps: await client.getProjectApp(),
        primaryApp: await client.getPrimaryApp(),
        scenes: await client.listScenes(),
        branches: await client.listBranches(),
        assets: await client.listAssets()
    };

    let job = await client.downloadApp();
    while (job.status === 'running') {
        job = await client.getJob(job.id);
    }
    answers.job = job;

    // The method returns nothing from the response: the only sign of success is that it does not throw.
    await client.archiveProject(process.env.PLAYCANVAS_PROJECT_ID);

    // The first call creates the folder and the asset. The second call finds them and updates the asset.
    await client.updateAssets('library', 'uploaded.js', process.env.UPLOADED_FILE);
    await client.updateAssets('library', 'uploaded.js', process.env.UPLOADED_FILE);
    console.log(JSON.stringify(answers));
}

main().catch((error) => {
    console.error(error);
    process.exit(1);
});
