"""What satellites did take: search in archives of images, stored answers."""
