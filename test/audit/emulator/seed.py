"""Creates the resources of a stack in moto, by API calls."""


def create(client, resources, region):
    return {}
