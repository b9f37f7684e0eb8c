"""What answers a browser: routes, refusals, protections, contours and colours by département."""
